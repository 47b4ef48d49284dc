"""Answers to requests without a network, and a record of what was asked of which address."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from integrations.http import Outside

HOSTS = {
    "help.example.org": ["93.184.216.34"],
    "intranet.example.org": ["10.0.0.7"],
    "both.example.org": ["93.184.216.34", "192.168.1.1"],
    "two.example.org": ["93.184.216.1", "93.184.216.2"],
}


class Web:
    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers, self.asked, self.waits = list(answers), list[httpx.Request](), list[float]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @contextmanager
    def outside(self, allow_private: bool = False) -> Iterator[Outside]:
        outside = Outside(
            allow_private,
            transport=httpx.MockTransport(self),
            resolve=lambda host, port: HOSTS.get(host, [host]),
            rest=self.waits.append,
        )
        yield outside
        outside.close()


def ok(text: str = "hello") -> httpx.Response:
    return httpx.Response(200, text=text)


def to(place: str) -> httpx.Response:
    return httpx.Response(302, headers={"location": place})
