"""A post to check, with only what a test says different from the plainest one."""

from typing import Any

from tools.contract import Evidence, Finding, Post
from tools.drafting.check import Facts, check

BRAND = Facts(brand="ConnectSphere", products=frozenset({"AI Assist"}))


def evidence(*quotes: str) -> list[Evidence]:
    return [
        Evidence(number=n, document="doc", title="Doc", anchor="", quote=quote, start=0, end=1)
        for n, quote in enumerate(quotes, 1)
    ]


def post(*parts: str, **others: Any) -> Post:
    plain: dict[str, Any] = {
        "network": "linkedin",
        "title": "",
        "alt": [],
        "evidence": [],
        "findings": [],
        "extras": {},
        "when": "",
    }
    return Post(**{**plain, **others, "parts": list(parts)})  # type: ignore[typeddict-item]


def found(*parts: str, facts: Facts = BRAND, **others: Any) -> list[Finding]:
    return check(post(*parts, **others), facts)


def rules(*parts: str, facts: Facts = BRAND, **others: Any) -> set[str]:
    return {one["rule"] for one in found(*parts, facts=facts, **others)}


def blocking(*parts: str, facts: Facts = BRAND, **others: Any) -> set[str]:
    return {one["rule"] for one in found(*parts, facts=facts, **others) if one["blocks"]}
