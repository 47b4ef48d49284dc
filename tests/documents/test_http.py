"""The one way out: what is fetched, what is refused, and what is tried again."""

from collections.abc import Iterator

import httpx
import pytest

from integrations.http import FetchError, Outside, public
from tests.documents.fake_web import Web, ok, to
from tests.documents.local_server import served


def test_a_page_comes_from_the_address_that_was_checked() -> None:
    web = Web(httpx.Response(200, headers={"content-type": "text/html; charset=latin-1"}))
    with web.outside() as outside:
        page = outside.fetch("https://help.example.org/a?b=1")
    (asked,) = web.asked
    assert str(asked.url) == "https://93.184.216.34/a?b=1"
    assert asked.headers["host"] == "help.example.org"
    assert asked.extensions["sni_hostname"] == "help.example.org"
    assert (page.url, page.kind, page.charset) == (
        "https://help.example.org/a?b=1",
        "text/html",
        "latin-1",
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://intranet.example.org/",
        "http://both.example.org/",
    ],
)
def test_a_private_address_is_refused_unless_allowed(url: str) -> None:
    web = Web(ok(), ok())
    with web.outside() as outside, pytest.raises(FetchError, match="private network") as refused:
        outside.fetch(url)
    assert refused.value.permanent
    assert web.asked == []
    with web.outside(allow_private=True) as outside:
        assert outside.fetch(url).content == b"hello"


@pytest.mark.parametrize(
    ("address", "open_to_all"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("172.16.9.9", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:0a00:0001::1", False),
    ],
)
def test_addresses_of_the_open_internet_are_known(address: str, open_to_all: bool) -> None:
    assert public(address) is open_to_all


@pytest.mark.parametrize(
    ("place", "complaint"),
    [
        ("http://intranet.example.org/", "private network"),
        ("http://127.0.0.1:8080/", "private network"),
        ("file:///etc/passwd", "only http"),
        ("ftp://help.example.org/", "only http"),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(place: str, complaint: str) -> None:
    web = Web(to(place), ok())
    with web.outside() as outside, pytest.raises(FetchError, match=complaint):
        outside.fetch("https://help.example.org/")
    assert len(web.asked) == 1


def test_redirects_are_followed_five_times() -> None:
    web = Web(*[to(f"/{number}") for number in range(5)], ok())
    with web.outside() as outside:
        assert outside.fetch("https://help.example.org/").url == "https://help.example.org/4"
    web = Web(*[to("/again") for _ in range(6)])
    with web.outside() as outside, pytest.raises(FetchError, match="more than 5 times"):
        outside.fetch("https://help.example.org/")


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("gopher://help.example.org/", "only http"),
        ("http:///nothing", "only http"),
        ("https://me:secret@help.example.org/", "without name and password"),
        ("https://help.example.org:99999/", "no port 99999"),
        ("https://help.example.org:abc/", "is not an address"),
    ],
)
def test_an_odd_address_is_refused(url: str, complaint: str) -> None:
    web = Web()
    with web.outside() as outside, pytest.raises(FetchError, match=complaint) as refused:
        outside.fetch(url)
    assert refused.value.permanent
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("trouble", "waits"),
    [
        ([httpx.Response(503), httpx.Response(500)], [0.5, 2.0]),
        ([httpx.ConnectError("no route")], [0.5]),
        ([httpx.ReadTimeout("slow")], [0.5]),
        ([httpx.Response(429, headers={"retry-after": "7"})], [7.0]),
        ([httpx.Response(503, headers={"retry-after": "9999"})], [30.0]),
    ],
)
def test_what_may_pass_is_tried_again(
    trouble: list[httpx.Response | Exception], waits: list[float]
) -> None:
    web = Web(*trouble, ok())
    with web.outside() as outside:
        assert outside.fetch("https://help.example.org/").content == b"hello"
    assert web.waits == waits


def test_it_gives_up_after_three_tries() -> None:
    web = Web(*[httpx.Response(502) for _ in range(4)])
    with web.outside() as outside, pytest.raises(FetchError, match="answers 502") as refused:
        outside.fetch("https://help.example.org/")
    assert (len(web.asked), refused.value.permanent) == (3, False)


def test_what_is_not_there_is_not_tried_again() -> None:
    web = Web(httpx.Response(404), ok())
    with web.outside() as outside, pytest.raises(FetchError, match="answers 404") as refused:
        outside.fetch("https://help.example.org/")
    assert (len(web.asked), refused.value.permanent) == (1, True)


def test_another_address_of_the_host_is_used_when_one_is_down() -> None:
    web = Web(httpx.ConnectError("no route"), ok())
    with web.outside() as outside:
        outside.fetch("http://two.example.org/")
    assert [request.url.host for request in web.asked] == ["93.184.216.1", "93.184.216.2"]


def test_a_page_that_is_too_large_is_left_unread() -> None:
    served = list[int]()

    def endless() -> Iterator[bytes]:
        for number in range(1000):
            served.append(number)
            yield b"x" * 1000

    web = Web(httpx.Response(200, content=endless()))
    with web.outside() as outside, pytest.raises(FetchError, match="larger than"):
        outside.fetch("https://help.example.org/", most_bytes=5000)
    assert len(served) < 10


def test_a_real_server_is_reached_where_private_addresses_are_allowed() -> None:
    outside = Outside(allow_private=True)
    with served({"/a": b"hello"}) as server:
        assert outside.fetch(f"http://{server}/a").content == b"hello"
        with pytest.raises(FetchError, match="only http"):
            outside.fetch(f"http://{server}/elsewhere")
    outside.close()


def test_a_real_server_is_not_reached_otherwise() -> None:
    outside = Outside()
    with served({"/a": b"hello"}) as server, pytest.raises(FetchError, match="private network"):
        outside.fetch(f"http://{server}/a")
    outside.close()
