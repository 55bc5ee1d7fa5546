"""The demo model's answers as a client gets them: cut and joined to the same whole, and another one each time it is asked."""

from __future__ import annotations

from typing import Any

import openai
import pytest

from tests.providers.test_demo_endpoint import MIRA, ZHIQIU, body, client


@pytest.mark.parametrize(
    ("system", "name", "said"),
    [(MIRA, "Mira", "I found an old key 🗝️."), (ZHIQIU, "沈知秋", "我捡到一把旧钥匙🗝️。")],
    ids=["en", "zh"],
)
@pytest.mark.parametrize("most", [1, 7, 40])
async def test_what_was_cut_three_times_is_joined_to_the_uncut_reply(system, name, said, most):
    model = client()
    told = [{"role": "system", "content": system}, {"role": "user", "content": said}]

    async def ask(content: str, model: openai.AsyncOpenAI = model, **more: Any) -> tuple[str, str]:
        partial = {"role": "assistant", "name": name, "content": content, "partial": True}
        answer = await model.chat.completions.create(**body(*told, partial, **more))
        return answer.choices[0].message.content or "", answer.choices[0].finish_reason

    uncut, _ = await ask("", client())
    text = ""
    for _ in range(3):
        piece, finish = await ask(text, max_completion_tokens=most)
        text = (text + piece).rstrip()
        assert finish == ("length" if text != uncut else "stop")
    piece, finish = await ask(text)

    assert (text + piece, finish) == (uncut, "stop")


async def test_what_is_asked_again_gets_another_answer_that_goes_on_as_itself():
    model = client()
    partial = {"role": "assistant", "name": "Mira", "partial": True}
    told = [{"role": "system", "content": MIRA}, {"role": "user", "content": "I found an old key."}]

    async def ask(content: str) -> str:
        answer = await model.chat.completions.create(**body(*told, {**partial, "content": content}))
        return answer.choices[0].message.content or ""

    answers = [await ask("") for _ in range(3)]

    assert len(set(answers)) == 3
    for answer in answers:
        assert answer[:60] + await ask(answer[:60]) == answer


async def test_a_line_of_the_user_is_his_and_each_time_another():
    lines: list[str] = []
    for _ in range(4):
        told = [
            {"role": "system", "content": MIRA},
            {"role": "user", "name": "Ada", "content": "I found an old key."},
            {"role": "assistant", "name": "Mira", "content": "“The lamp has no lock.”"},
            {"role": "system", "content": "\n".join(("Write for Ada.", *lines))},
        ]
        partial = {"role": "assistant", "name": "Ada", "content": "", "partial": True}
        answer = await client().chat.completions.create(**body(*told, partial))
        lines.append(answer.choices[0].message.content or "")

    assert len(set(lines)) == 4
    assert all(0 < len(line) < 120 for line in lines)
