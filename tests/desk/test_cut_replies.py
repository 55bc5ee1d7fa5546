"""How often each check cut a character's replies, and what nobody has read."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from characters.models import Character
from roleplay.desk.cut_replies import MOST_SHOWN
from roleplay.turns import prompts
from roleplay.turns.guard import Cut
from tests.cast import make_conversation, make_user
from tests.desk.pages import change_page, written
from tests.turns.steps import claimed


@pytest.mark.parametrize("own", [True, False])
def test_an_author_sees_them_by_check_and_sentences_of_his_own_chats(desk, mira: Character, own: bool):
    reader: User = User.objects.get(username="olga") if own else make_user("ben")
    claim = claimed(reader, make_conversation(reader, mira))
    for number in range(MOST_SHOWN + 2):
        prompts.keep_cut(
            claim, Cut("never_says", "okay", "She nods: ", f"okay {number}, she said."), place=9, told=300
        )
    prompts.keep_cut(claim, Cut("machine", "an AI", "", "an <b>AI</b>, I am."), place=9, told=300)

    shown = desk.get(change_page(mira)).content.decode()

    assert "It said what it never says: 12 times" in shown
    assert "It spoke of itself as of a machine: 1 time ·" in shown
    assert "<q>okay</q>" in shown
    assert ("She nods: <b>okay 11, she said.</b>" in shown) == own
    assert "okay 1, she said." not in shown  # the newest alone
    assert ("an &lt;b&gt;AI&lt;/b&gt;, I am." in shown) == own


def test_without_any_the_page_says_so(desk, mira: Character):
    assert "Nothing yet." in desk.get(change_page(mira)).content.decode()


def test_a_check_may_only_report(desk, mira: Character):
    desk.post(change_page(mira), written(reports_only=["never_says", "machine"], when_cut="Be her."))

    mira.refresh_from_db()
    assert mira.reports_only == ["machine", "never_says"] or mira.reports_only == ["never_says", "machine"]
    assert mira.when_cut == "Be her."


def test_no_other_check_can_be_named(desk, mira: Character):
    answer = desk.post(change_page(mira), written(reports_only=["language"]))

    assert "reports_only" in answer.context["adminform"].form.errors
