"""What is wrong with a character: told by whoever meets it, read by editors, who may take it down."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from characters.models import Character, Report
from characters.rights import EDITORS
from roleplay.turns.service import start_conversation
from tests.cast import make_author, make_user
from tests.desk.pages import change_page, written

REPORT = "/characters/mira/report/"
REPORTS = "/admin/characters/report/"
REASON = "She tells <b>my</b> address."


@pytest.fixture
def dora(mira: Character) -> User:
    """The author of Mira."""
    dora = make_author("dora")
    Character.objects.filter(pk=mira.pk).update(owner=dora)
    return dora


@pytest.fixture
def ed(db: None) -> Client:
    client = Client()
    client.force_login(make_author("ed", EDITORS))
    return client


def test_a_report_reaches_the_editors(client: Client, ada: User, dora: User, ed: Client):
    client.force_login(ada)
    assert f'href="{REPORT}"' in client.get("/characters/mira/").content.decode()

    client.post(REPORT, {"reason": REASON})

    shown = ed.get(REPORTS).content.decode()
    assert "She tells &lt;b&gt;my&lt;/b&gt; address." in shown and "ada" in shown


def test_a_second_one_takes_the_place_of_the_first_until_it_is_settled(
    client: Client, ada: User, mira: Character, ed: Client
):
    client.force_login(ada)
    for reason in ("One.", "Two."):
        client.post(REPORT, {"reason": reason})
    first = Report.objects.get()

    ed.post(REPORTS, {"action": "settle", "_selected_action": [first.pk]})
    client.post(REPORT, {"reason": "Three."})

    assert [report.reason for report in Report.objects.all()] == ["Three.", "Two."]
    assert "Two." not in ed.get(REPORTS).content.decode()
    assert "Two." in ed.get(REPORTS + "?settled=yes").content.decode()


@pytest.mark.parametrize("reason", ["", " ", "x" * 1001])
def test_one_that_says_nothing_or_too_much_is_not_kept(
    client: Client, ada: User, mira: Character, reason: str
):
    client.force_login(ada)

    assert client.post(REPORT, {"reason": reason}).status_code == 200
    assert not Report.objects.exists()


def test_who_is_not_signed_in_is_asked_to(client: Client, mira: Character):
    assert client.get(REPORT)["Location"].startswith("/accounts/login/")


def test_a_character_that_is_taken_down_is_its_authors_and_the_editors(
    client: Client, ada: User, mira: Character, dora: User, ed: Client
):
    conversation = start_conversation(ada, mira)
    Report.objects.create(character=mira, reporter=ada, reason="One.")

    ed.post(change_page(mira), written(visibility="public", taken_down="It tells an address."))

    client.force_login(ada)
    assert client.get("/characters/mira/").status_code == 404
    assert client.post("/characters/mira/chat/").status_code == 404
    assert client.get(conversation.get_absolute_url()).status_code == 200
    assert Report.objects.get().settled_at
    client.force_login(dora)
    assert "took this character down: It tells an address." in client.get(change_page(mira)).content.decode()
    assert client.get("/characters/mira/").status_code == 200


def test_its_author_cannot_bring_it_back(client: Client, mira: Character, dora: User, ed: Client):
    ed.post(change_page(mira), written(taken_down="It tells an address."))
    client.force_login(dora)

    answer = client.post(change_page(mira), written(visibility="public", taken_down=""))

    assert "It tells an address." in str(answer.context["adminform"].form.errors["visibility"])
    client.post(change_page(mira), written(description="Better now."))
    mira.refresh_from_db()
    assert (mira.visibility, mira.taken_down, mira.description) == (
        "private",
        "It tells an address.",
        "Better now.",
    )


def test_an_editor_can(client: Client, mira: Character, ed: Client):
    ed.post(change_page(mira), written(taken_down="A mistake."))
    ed.post(change_page(mira), written(visibility="public"))

    assert client.get("/characters/mira/").status_code == 200


def test_an_unlisted_character_is_met_by_its_address_alone(client: Client, mira: Character):
    Character.objects.update(visibility="unlisted")

    assert client.get("/characters/mira/").status_code == 200
    assert "/characters/mira/" not in client.get("/").content.decode()


def test_who_goes_takes_his_characters_and_readers_keep_their_conversations(
    client: Client, ada: User, mira: Character, dora: User
):
    conversation = start_conversation(ada, mira)
    operator = make_user("olga", is_staff=True, is_superuser=True)
    client.force_login(operator)

    client.post(f"/admin/auth/user/{dora.pk}/delete/", {"post": "yes"})

    assert not Character.objects.exists()
    client.force_login(ada)
    assert "You are late." in client.get(conversation.get_absolute_url()).content.decode()


def test_an_address_with_a_nul_is_not_found(client: Client, ada: User, mira: Character):
    client.force_login(ada)

    for page in ("", "report/", "chat/"):
        assert client.get(f"/characters/mi%00ra/{page}").status_code == 404
