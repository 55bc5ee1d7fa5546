"""What the desk tells an author of his character: of its texts, its checks, its macros and its size."""

from __future__ import annotations

from typing import Any, cast

import pytest

from characters.seed import ORDER
from characters.versions import Definition
from roleplay.desk.characters import CharacterAdmin
from roleplay.desk.fieldsets import FIELDSETS
from roleplay.desk.lint import Finding, findings
from roleplay.desk.lint.finding import FIELDS, MOST
from tests.desk.definitions import BUDGET, demo, first_prompt, mira

LONG = "She draws the river, and the river moves. "
CHINESE = "她把地图收起来，一句话也不肯再说，只是望着窗外的雨下个不停，像是要下到天亮。"


def found(definition: Definition, budget: int = BUDGET) -> list[Finding]:
    return findings(definition, first_prompt(definition, budget), budget=budget)


def test_of_a_character_that_is_well_written_there_is_nothing_to_say():
    assert found(mira()) == []


@pytest.mark.parametrize(
    ("changed", "field", "sentence", "grave"),
    [
        ({"name": 'Mira "Vance"'}, "name", 'the mark "', True),
        ({"nickname": "Mi\nra"}, "nickname", "line breaks", True),
        ({"description": "", "background": LONG * 4}, "description", "no description", False),
        ({"description": " ", "personality": "", "system_prompt": ""}, "description", "no description", True),
        ({"description": "A mapmaker."}, "description", "too short", False),
        ({"personality": ""}, "personality", "no personality", False),
        ({"speech": ""}, "speech", "no manner of speech", False),
        ({"speech": "Dry."}, "speech", "too short", False),
        ({"quotes": []}, "quotes", "There is no quote.", False),
        ({"quotes": ["A map is a promise.", " "]}, "quotes", "There is 1 quote.", False),
        ({"quotes": ["Two bends.", "No."]}, "quotes", "There are 2 quotes.", False),
        ({"greetings": [" "]}, "greetings", "no greeting", False),
        ({"language": "zh", "keeps_language": False}, "language", "another language", False),
        ({"never_says": [], "keeps_language": False}, "never_says", "no check", False),
        ({"never_says": ["/(?=a)b/"]}, "never_says", "The pattern /(?=a)b/ cannot be run", True),
        ({"begins_with": "/(/"}, "begins_with", "cannot be run", True),
        ({"ends_with": "/(/"}, "ends_with", "cannot be run", True),
        ({"never_says": ["Hello, {{user}}"]}, "never_says", "{{user}} stands for nobody here", True),
        ({"calls_user": "<USER>"}, "calls_user", "<USER> stands for nobody here", True),
        ({"never_says": ["the"]}, "never_says", "“the” is in nearly every reply", True),
        ({"never_says": ["/./"]}, "never_says", "“/./” is in nearly every reply", True),
        ({"quotes": ["Okay, then.", "a", "b"]}, "quotes", "The quote “Okay, then.” says what the character never says: “Okay”", False),
        ({"quotes": ["As an AI I sail.", "a", "b"]}, "quotes", "speaks as a machine: “As an AI”", False),
        ({"quotes": [CHINESE, "a", "b"]}, "quotes", "not in the language", False),
        ({"quotes": ["Come, {{user}}.", "a", "b"], "calls_user": "stranger"}, "quotes", "is to be called “stranger”", False),
        ({"greetings": ["Place: the old ferry."]}, "greetings", "begins with “Place:”", False),
        ({"greetings": ["She waits.\n{{user}}: I am here."]}, "greetings", "has a line of the reader’s", False),
        ({"greetings": ["“Come, {{user}}.”"], "calls_user": "stranger"}, "greetings", "says {{user}} aloud", False),
        ({"greetings": ["one two three"], "most_words": 2}, "greetings", "is 3 words long, and a reply may have 2", False),
        ({"begins_with": "*Mira", "examples": ""}, "", "", False),
        ({"begins_with": "“", "examples": ""}, "greetings", "does not begin with ““”", False),
        ({"ends_with": "”", "examples": "{{char}}: *She nods.*"}, "examples", "The example “*She nods.*” does not end with", False),
        ({"examples": "<START>\n{{char}}: Okay.\n{{user}}: Okay."}, "examples", "The example “Okay.” says what", False),
        ({"reply_prefix": "She", "begins_with": "*"}, "reply_prefix", "begins with “She”, and is to begin with “*”", True),
        ({"reply_prefix": "*She", "begins_with": "*", "examples": ""}, "", "", False),
        ({"reply_prefix": "*", "begins_with": "*Mira", "examples": ""}, "", "", False),
        ({"reply_prefix": "Okay, {{user}}:"}, "reply_prefix", "never says: “Okay”", True),
        ({"reply_prefix": "{{char}}: "}, "", "", False),
        ({"ends_with": "okay.", "greetings": ["Is it okay."]}, "ends_with", "The end “okay.” says what", True),
    ],
)  # fmt: skip
def test_what_is_found(changed: dict[str, Any], field: str, sentence: str, grave: bool):
    told = found(mira(**changed))

    if not field:
        assert told == []
    else:
        assert [each for each in told if each.field == field and sentence in each.sentence] != []
        assert grave == any(each.grave for each in told if each.field == field)


@pytest.mark.parametrize(
    "changed",
    [
        {"speech": "", "examples": "{{char}}: " + LONG * 12},
        {"personality": "", "description": LONG * 30},
        {"quotes": ["Query: is it far?", "a", "b"]},
        {"quotes": ["The okayed list.", "a", "b"]},
        {"quotes": ["“Come, stranger.”", "a", "b"], "calls_user": "stranger"},
        {"may_be_machine": True, "quotes": ["As an AI I sail.", "a", "b"]},
        {"never_says": ["I"], "quotes": ["Two bends.", "a", "b"]},
        {"never_says": ["/sails?/"]},
        {"examples": "{{user}}: As an AI, do you sail?\n{{char}}: No."},
        {"begins_with": "/[*“]/"},
        {"keeps_language": False, "never_says": [], "most_words": 200},
        {"reminder": "Be {{char}}.", "post_history": "{{lastMessage}}"},
        {"system_prompt": "{{original}} Be brief.", "when_cut": "{{original}}"},
        {"rules": "{{random::rain::snow}} {{// a note}}{{roll::1d6}} <BOT> {{ }} a {b} c}}"},
    ],
)  # fmt: skip
def test_what_is_well(changed: dict[str, Any]):
    assert found(mira(**changed)) == []


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"rules": "{{weather}}"}, "rules", "“{{weather}}” is no macro"),
        ({"rules": "{{getvar::x}}"}, "rules", "“{{getvar::x}}” is no macro"),
        ({"rules": "{{名字}}"}, "rules", "“{{名字}}” is no macro"),
        ({"rules": "{{weather {{user}}}}"}, "rules", "“{{weather {{user}}}}” is no macro"),
        ({"rules": "{{original}}"}, "rules", "“{{original}}” is no macro"),
        ({"rules": "{{char waits"}, "rules", "“{{char waits…” is not closed"),
        ({"greetings": ["{{scenario}}"]}, "greetings", "“{{scenario}}” is no macro"),
        ({"situations": [["{user} lies", "she waits"]]}, "situations", "“{user}” stays as it is written. For the name, write {{user}}"),
        ({"rules": "{{Char}"}, "rules", "“{{Char}” stays as it is written. For the name, write {{char}}"),
        ({"rules": "｛｛user｝｝"}, "rules", "“｛｛user｝｝” stays"),
    ],
)  # fmt: skip
def test_macros_that_stay_as_they_are_written(changed: dict[str, Any], field: str, sentence: str):
    (told,) = found(mira(**changed))

    assert (told.field, told.grave) == (field, False)
    assert sentence in told.sentence


@pytest.mark.parametrize(
    ("changed", "budget", "field", "sentence"),
    [
        ({"description": LONG * 300}, 8192, "description", "It does not fit"),
        ({"post_history": LONG * 200}, 8192, "post_history", "It does not fit"),
        ({"greetings": [LONG * 300]}, 2048, "greetings", "the model is not told of it"),
        ({"description": LONG * 100}, 4096, "description", "It is too long to be said again as a whole"),
        ({"description": LONG * 100, "reminder": "Be {{char}}."}, 4096, "description", "more than a quarter"),
        ({"examples": "{{char}}: " + LONG * 50}, 4096, "examples", "The examples take"),
    ],
)
def test_what_is_too_large(changed: dict[str, Any], budget: int, field: str, sentence: str):
    told = found(mira(**changed), budget)

    assert field in [each.field for each in told if sentence in each.sentence]


@pytest.mark.parametrize("slug", ORDER)
def test_the_demo_characters_lack_a_check_and_nothing_else(slug: str):
    (told,) = found(demo(slug))

    assert (told.field, told.grave) == ("never_says", False)


@pytest.mark.parametrize(("slug", "phrase"), [("tobias-wren", "lonely"), ("shen-zhiqiu", "你应该")])
def test_what_the_manner_of_speech_forbids_is_offered_as_a_check(slug: str, phrase: str):
    (told,) = found(demo(slug))

    assert f"has “{phrase}” as what the character never says" in told.sentence


def test_grave_findings_come_first_and_the_others_as_the_form_has_them():
    told = found(
        mira(description="A mapmaker.", speech="", greetings=[], rules="{{weather}}", ends_with="/(/")
    )

    assert [each.field for each in told] == ["ends_with", "description", "speech", "rules", "greetings"]


def test_of_one_kind_a_few_are_told():
    told = found(mira(rules="".join(f"{{{{unknown{number}}}}}" for number in range(9))))

    assert [each.field for each in told] == ["rules"] * (MOST + 1)
    assert told[-1].sentence == "And 4 more of this kind."


def test_every_field_is_one_of_the_form_in_its_order():
    shown: list[str] = []
    for name, options in FIELDSETS:
        shown += map(str, cast(tuple[str, ...], options["fields"]))
        shown += [
            str(part.model._meta.verbose_name_plural) for part in CharacterAdmin.inlines if part.after == name
        ]

    assert sorted(FIELDS, key=shown.index) == list(FIELDS)


def test_of_very_much_a_part_is_compared(monkeypatch):
    said = mira(never_says=["okay then"], quotes=["Okay then.", "The river knows.", "Ask the ferry."])
    assert "quotes" in [each.field for each in found(said)]

    monkeypatch.setattr("roleplay.desk.lint.subject.MOST_COMPARED", 5)

    assert "quotes" not in [each.field for each in found(said)]
