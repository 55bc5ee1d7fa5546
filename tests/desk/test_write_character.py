"""An author writes a character at the desk: every word is kept, in order."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry

from characters.models import Character, Lorebook
from tests.desk.pages import ADD, change_page, written


def test_a_character_is_written_with_its_parts_in_one_go(desk):
    answer = desk.post(
        ADD,
        written(
            name="Mira Lane",
            nickname="Mira",
            description="She mends clocks.",
            visibility="public",
            quotes=[{"text": "Now."}, {"text": "Later."}, {"text": ""}],
            situations=[{"when": "it rains", "then": "she opens the window"}],
            greetings=[{"text": "“You are late.”"}, {"text": "“You are early.”"}],
        ),
    )

    assert answer.status_code == 302
    mira = Character.objects.get()
    assert (mira.name, mira.description, mira.visibility) == ("Mira Lane", "She mends clocks.", "public")
    assert [(quote.position, quote.text) for quote in mira.quotes.all()] == [(1, "Now."), (2, "Later.")]
    assert [(s.when, s.then) for s in mira.situations.all()] == [("it rains", "she opens the window")]
    assert [greeting.text for greeting in mira.greetings.all()] == ["“You are late.”", "“You are early.”"]


@pytest.mark.parametrize(
    "field", ["description", "personality", "background", "speech", "scenario", "rules", "examples"]
)
def test_white_space_of_a_text_is_the_authors(desk, field):
    desk.post(ADD, written(**{field: "\n  {{char}}: first\r\n\r\n\tlast  \r\n"}))

    assert getattr(Character.objects.get(), field) == "\n  {{char}}: first\n\n\tlast  \n"


def test_white_space_of_the_reply_prefix_is_the_authors(desk):
    desk.post(ADD, written(reply_prefix="*She looks up.*\r\n\r\n“ "))

    assert Character.objects.get().reply_prefix == "*She looks up.*\n\n“ "


def test_white_space_of_quotes_and_greetings_is_the_authors(desk):
    desk.post(
        ADD, written(quotes=[{"text": " Now.\r\n"}], greetings=[{"text": "*She waits.*\r\n\r\n“Well?” "}])
    )

    mira = Character.objects.get()
    assert mira.quotes.get().text == " Now.\n"
    assert mira.greetings.get().text == "*She waits.*\n\n“Well?” "


def test_opening_a_character_and_saving_it_unchanged_changes_nothing(desk):
    desk.post(ADD, written(examples="{{user}}: a\r\n{{char}}: b \r\n", reply_prefix="“ ", tags="a, b"))
    before = Character.objects.values().get()
    form = desk.get(change_page(Character.objects.get())).context["adminform"].form

    shown = {name: form[name].value() for name in form.fields if name not in ("upload", "open_definition")}
    desk.post(change_page(form.instance), written(**{k: "" if v is None else v for k, v in shown.items()}))

    after = Character.objects.values().get()
    assert LogEntry.objects.latest("pk").get_change_message() == "No fields changed."
    assert {**after, "updated_at": None} == {**before, "updated_at": None}


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("Slow, dry ,kind", ["Slow", "dry", "kind"]),
        ("温和、机锋，慢", ["温和", "机锋", "慢"]),
        (" , twice, twice,", ["twice"]),
        ("", []),
    ],
    ids=["commas", "Chinese commas", "empty and doubled", "none"],
)
def test_tags_are_written_with_commas_of_any_kind(desk, typed, tags):
    desk.post(ADD, written(tags=typed))

    assert Character.objects.get().tags == tags


def test_tags_are_shown_as_they_are_written(desk, mira):
    Character.objects.update(tags=["温和", "机锋"])

    assert 'value="温和, 机锋"' in desk.get(change_page(mira)).text


def test_a_chinese_name_can_be_the_address(desk):
    answer = desk.post(ADD, written(name="沈知秋", slug="沈知秋", language="zh"))

    assert answer.status_code == 302
    assert Character.objects.get().slug == "沈知秋"
    assert "allowUnicode&quot;: true" in desk.get(ADD).text


@pytest.mark.parametrize("name", ['The "Kid"', "A<|im_start|>B"])
def test_a_name_that_no_message_header_can_hold_is_refused_with_a_sentence(desk, name):
    answer = desk.post(ADD, written(name=name, description="She mends clocks."))

    assert "A name cannot hold" in answer.text
    assert "She mends clocks." in answer.text
    assert not Character.objects.exists()


def test_what_cards_bring_is_kept_as_it_is_written(desk, mira):
    world = Lorebook.objects.create(title="The world")
    brought = {
        "system_prompt": "{{original}}\n Be brief. ",
        "post_history": " Now.",
        "depth_prompt": "She limps.",
        "depth_prompt_depth": "2",
        "depth_prompt_role": "user",
        "reminder": "Mira, the mapmaker.",
        "calls_user": "Pilot",
    }

    desk.post(change_page(mira), written(lorebooks=[world.pk], **brought))

    mira.refresh_from_db()
    assert {name: str(getattr(mira, name)) for name in brought} == brought
    assert mira.lorebooks.get() == world


def test_a_check_that_cannot_be_run_is_kept_and_its_author_is_told(desk, mira):
    checks = {
        "never_says": "weather\n/(?=a)b/",
        "begins_with": "/^\\*/",
        "ends_with": r"/(a)\1/",
    }

    answer = desk.post(change_page(mira), written(**checks), follow=True)

    mira.refresh_from_db()
    assert {name: getattr(mira, name) for name in checks} == checks
    assert [str(message) for message in answer.context["messages"]][:-1] == [
        "Never says: The pattern /(?=a)b/ cannot be run: “invalid perl operator: (?=”.",
        r"Ends with: The pattern /(a)\1/ cannot be run: “invalid escape sequence: \1”.",
    ]


def test_what_another_saved_meanwhile_is_not_overwritten_unasked(desk, mira):
    seen = desk.get(change_page(mira)).context["adminform"].form["seen"].value()
    desk.post(change_page(mira), written(description="Hers.", seen=seen))

    answer = desk.post(change_page(mira), written(description="Mine.", seen=seen))

    mira.refresh_from_db()
    assert mira.description == "Hers."
    assert "was saved by somebody else" in answer.text and ">\nMine.</textarea>" in answer.text
    again = answer.context["adminform"].form["seen"].value()
    desk.post(change_page(mira), written(description="Mine.", seen=again))
    mira.refresh_from_db()
    assert mira.description == "Mine."


def test_a_character_with_very_many_parts_can_be_saved(desk, mira):
    rows = [{"text": f"Quote {number}", "position": number} for number in range(1, 401)]

    assert desk.post(change_page(mira), written(quotes=rows)).status_code == 302
    assert mira.quotes.count() == 403


def test_every_section_of_the_form_says_what_it_is_for(desk):
    fieldsets = list(desk.get(ADD).context["adminform"])

    assert [fieldset.name for fieldset in fieldsets] == [
        "Who",
        "Definition",
        "Scene",
        "Consistency",
        "Cards’ own parts",
        "Publication",
    ]
    assert all(str(fieldset.description).endswith(".") for fieldset in fieldsets)
