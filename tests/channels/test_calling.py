"""What a call of a platform means when it goes wrong, the same for all of them."""

import httpx
import pytest

from integrations.channels.calling import Refusal, asked_to_wait, lost, meaning, refused

NOW = {"Date": "Fri, 20 Nov 2026 10:00:00 GMT"}
REFUSALS = (
    Refusal(403, "the person blocked the account", "blocked"),
    Refusal(403, "a right is missing"),
    Refusal(502, "a gateway lost the answer", permanent=False, unknown=True),
)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "7"}, 7.0),
        (503, {"Retry-After": "7"}, 7.0),
        (429, {"Retry-After": "Fri, 20 Nov 2026 10:01:00 GMT"}, 60.0),
        (429, {"Retry-After": "Fri, 20 Nov 2026 09:00:00 GMT"}, 1.0),  # it is over
        (429, {"Retry-After": "9" * 400}, 86_400.0),
        (429, {"Retry-After": "-5"}, None),
        (429, {"Retry-After": "soon"}, None),
        (429, {}, None),
        (429, {"Reset": "1795168830"}, 30.0),
        (429, {"Reset": "2026-11-20T10:05:00.000Z"}, 300.0),
        (429, {"Reset": "2026-11-20T10:05:00"}, None),  # of no zone
        (429, {"Reset": "999999999999"}, None),
        (503, {"Reset": "1795168830"}, None),  # stands in every answer of some platforms
        (429, {"Retry-After": "4", "Reset": "1795168830"}, 4.0),
    ],
)
def test_how_long_we_are_asked_to_wait(
    status: int, headers: dict[str, str], seconds: float | None
) -> None:
    answer = httpx.Response(status, headers=NOW | headers)
    assert asked_to_wait(answer, "reset") == seconds


@pytest.mark.parametrize(
    ("status", "said", "words", "permanent", "unknown"),
    [
        (403, "you are blocked", "the person blocked the account (403)", True, False),
        (403, "no", "a right is missing (403)", True, False),
        (502, "", "a gateway lost the answer (502)", False, True),
        (418, "", "Post answers 418", True, False),
        (500, "", "Post answers 500", False, False),
        (429, "", "Post answers 429", False, False),
        (302, "", "Post answers 302", True, False),
    ],
)
def test_a_refusal_says_what_it_means(
    status: int, said: str, words: str, permanent: bool, unknown: bool
) -> None:
    answer = httpx.Response(status)
    error = refused(answer, "Post", meaning(REFUSALS, status, said))
    assert str(error) == words
    assert (error.permanent, error.unknown) == (permanent, unknown)


def test_where_the_same_twice_is_taken_once_no_refusal_leaves_a_doubt() -> None:
    answer = httpx.Response(502)
    error = refused(answer, "Post", meaning(REFUSALS, 502), doubt=False)
    assert (error.permanent, error.unknown) == (False, False)


@pytest.mark.parametrize(
    ("trouble", "permanent", "unknown"),
    [
        (httpx.ConnectError(""), False, False),
        (httpx.ConnectTimeout(""), False, False),
        (httpx.PoolTimeout(""), False, False),
        (httpx.LocalProtocolError(""), True, False),
        (httpx.InvalidURL(""), True, False),
        (httpx.ReadTimeout(""), False, True),
        (httpx.RemoteProtocolError(""), False, True),
        (httpx.WriteError(""), False, True),
    ],
)
def test_only_what_may_have_arrived_is_in_doubt(
    trouble: Exception, permanent: bool, unknown: bool
) -> None:
    error = lost(trouble, "Post")
    assert (error.permanent, error.unknown) == (permanent, unknown)
    assert not lost(trouble, "Post", doubt=False).unknown
