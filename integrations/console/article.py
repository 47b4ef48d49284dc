"""An article as a form has it, and as its file holds it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from integrations.groups import TODO

_ASKED = re.compile(r"[ \t]*<!-- asked: (.*?) -->")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n+", re.DOTALL)
_TITLE = re.compile(r'^title: "?(.*?)"?$', re.MULTILINE)
_OWNER = re.compile(r'^owner: "?(.*?)"?$', re.MULTILINE)


@dataclass(frozen=True)
class Article:
    """What a person writes."""

    title: str
    owner: str
    text: str
    ways: Sequence[str] = field(default=())  # to ask for it

    def file(self, today: date, language: str) -> str:
        """Return it as a document of the help centre."""
        ways = " | ".join(_tame(way) for way in self.ways if _tame(way))
        first, _, rest = self.text.strip().partition("\n")
        asked = f" <!-- asked: {ways} -->" if ways else ""
        return (
            f'---\ntitle: "{_line(self.title)}"\nowner: "{_line(self.owner)}"\nreviewed: {today}\n'
            f"audience: customer\nlanguage: {language}\n---\n\n{first.strip()}{asked}\n{rest}\n"
        )


def read(file: str) -> Article:
    """Return what an outline holds so far."""
    front = _FRONT.match(file)
    head, body = (front[1], file[front.end() :]) if front else ("", file)
    ways = [way.strip() for found in _ASKED.findall(body) for way in found.split("|")]
    title, owner = _TITLE.search(head), _OWNER.search(head)
    return Article(
        title=title[1] if title else "",
        owner=owner[1] if owner else "",
        text=_ASKED.sub("", body).replace(TODO, "").strip(),
        ways=[way for way in ways if way],
    )


def _line(text: str) -> str:
    return " ".join(text.replace('"', "").replace("\\", "").split())


def _tame(way: str) -> str:
    return " ".join(way.replace("|", " ").replace("--", "-").split())
