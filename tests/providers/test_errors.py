"""What a provider's answer means: by its type, then by its status; and what each error says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.providers import errors

ANSWERS = [
    (400, "content_filter", errors.ContentFiltered),
    (400, "invalid_request_error", errors.InvalidRequest),
    (401, "invalid_authentication_error", errors.WrongKey),
    (401, "", errors.WrongKey),
    (403, "permission_denied_error", errors.Forbidden),
    (404, "resource_not_found_error", errors.UnknownModel),
    (404, "", errors.UnknownModel),
    (413, "", errors.TooLong),
    (422, "unheard_of", errors.InvalidRequest),
    (429, "engine_overloaded_error", errors.Overloaded),
    (429, "rate_limit_reached_error", errors.RateLimited),
    (429, "exceeded_current_quota_error", errors.QuotaExhausted),
    (429, "", errors.RateLimited),
    (500, "server_error", errors.ServerFailed),
    (503, "engine_overloaded_error", errors.Overloaded),
    (503, "", errors.ServerFailed),
    (504, "", errors.ServerFailed),
    (599, "unheard_of", errors.ServerFailed),
]


@pytest.mark.parametrize(("status", "kind", "error"), ANSWERS)
def test_an_answer_is_told_by_its_type_and_then_by_its_status(status, kind, error):
    for body in ({"error": {"type": kind, "message": "No."}}, {"type": kind, "message": "No."}):
        told = errors.from_response(status, body, {})

        assert type(told) is error
        assert str(status) in str(told) and kind in str(told) and "No." in str(told)


@pytest.mark.parametrize(
    "body", [None, "", "<html>", [], 5, {}, {"error": None}, {"error": "No."}, {"error": 5}]
)
def test_an_answer_of_any_shape_is_told_by_its_status(body):  # fmt: skip
    assert type(errors.from_response(503, body, {})) is errors.ServerFailed
    assert type(errors.from_response(401, body, {})) is errors.WrongKey


@pytest.mark.parametrize(
    ("status", "message", "error"),
    [
        (400, "Your request exceeded model token limit: 262144", errors.TooLong),
        (400, "This model's MAXIMUM CONTEXT length is 8192 tokens", errors.TooLong),
        (400, "too many tokens in the prompt", errors.TooLong),
        (400, "the context window is full", errors.TooLong),
        (400, "unknown parameter context", errors.InvalidRequest),
        (401, "token limit", errors.WrongKey),
        (429, "your token limit for a minute is reached", errors.RateLimited),
    ],
)
def test_a_prompt_over_the_context_is_told_by_its_words(status, message, error):
    body = {"error": {"type": "invalid_request_error" if status == 400 else "", "message": message}}

    assert type(errors.from_response(status, body, {})) is error


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("3", 3.0),
        ("0.5", 0.5),
        ("0", 0.0),
        ("-1", 0.0),
        ("", None),
        ("soon", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
    ],
)
def test_retry_after_is_read_in_seconds(written, seconds):
    told = errors.from_response(429, {}, {"retry-after": written})

    assert told.retry_after == seconds


def test_retry_after_may_be_a_date():
    soon = datetime.now(UTC) + timedelta(minutes=1)

    told = errors.from_response(429, {}, {"retry-after": format_datetime(soon, usegmt=True)})

    assert told.retry_after == pytest.approx(60, abs=5)


@pytest.mark.parametrize(
    ("message", "at_once", "a_minute", "seconds"),
    [
        (
            "Your account a<b> request reached organization max concurrency: 1, please try again after 1 seconds",
            1,
            None,
            1,
        ),
        ("Your account a<b> request reached max RPM: 3, please try again after 20 seconds", None, 3, 20),
        ("Slow down.", None, None, None),
    ],
    ids=["at once", "a minute", "unknown"],
)
def test_a_rate_limit_tells_what_the_account_is_allowed(message, at_once, a_minute, seconds):
    body = {"error": {"type": "rate_limit_reached_error", "message": message}}

    told = errors.from_response(429, body, {})

    assert isinstance(told, errors.RateLimited)
    assert (told.at_once, told.a_minute, told.retry_after) == (at_once, a_minute, seconds)


def test_without_retry_after_nothing_is_asked_for():
    assert errors.from_response(429, {}, {}).retry_after is None


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("engine_overloaded_error", errors.Overloaded),
        ("rate_limit_reached_error", errors.RateLimited),
        ("exceeded_current_quota_error", errors.QuotaExhausted),
        ("content_filter", errors.ContentFiltered),
        ("server_error", errors.BrokenStream),
        ("", errors.BrokenStream),
    ],
)
def test_an_error_in_mid_stream_is_told_by_its_type(kind, error):
    assert type(errors.from_event({"error": {"type": kind, "message": "No."}})) is error


@given(st.integers(400, 599), st.text(), st.text())
def test_every_answer_is_some_error_that_is_known_by_its_code(status, kind, message):
    told = errors.from_response(status, {"error": {"type": kind, "message": message}}, {})

    assert errors.BY_CODE[told.code] is type(told)


@pytest.mark.parametrize("error", errors.ALL, ids=lambda error: error.__name__)
def test_every_error_has_a_code_a_sentence_and_its_place_in_the_tree(error):
    sentence = str(error.sentence)

    assert error.code and len(error.code) <= 40  # what a row keeps
    assert sentence[0].isupper() and sentence.endswith(".")
    assert issubclass(error, errors.Refused) != issubclass(error, errors.Passing)
    assert error.__name__ in (errors.__doc__ or "")


def test_no_error_is_missing_from_the_list_and_no_code_stands_twice():
    written = {
        error
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.ProviderError) and error.code
    }

    assert set(errors.ALL) == written
    assert len(errors.BY_CODE) == len(errors.ALL)


@pytest.mark.parametrize("status", [429, 500])
def test_money_that_is_spent_never_passes(status):
    body = {"error": {"type": "exceeded_current_quota_error", "message": ""}}

    assert not isinstance(errors.from_response(status, body, {"retry-after": "1"}), errors.Passing)
