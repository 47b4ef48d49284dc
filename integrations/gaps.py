"""The way of a gap: seen, grouped, drafted from colleagues' words, written, asked again."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from integrations.groups import TODO, Group
from integrations.library import bring
from integrations.store.records import Missing
from integrations.store.todo import Gap, SqlTodo
from knowledge.documents.confidence import confidence
from knowledge.documents.document import slug
from knowledge.documents.gaps import central, grouped
from knowledge.documents.library import Library
from knowledge.documents.scope import Scope
from knowledge.documents.sentences import ends

EXAMPLES = 3
WAYS = 8  # ways to ask that are kept with the answer
PLACEHOLDER = re.compile(r"<[A-Z][A-Z_]*_\d+>")


class Gaps:
    """What a brand's help centre does not say, and how that changes."""

    def __init__(
        self, todo: SqlTodo, library: Library, articles: Path, today: Callable[[], date]
    ) -> None:
        self._todo, self._library = todo, library
        self._articles, self._today = articles, today

    async def groups(self) -> list[Group]:
        """Return the open questions, the most frequent group first."""
        found = await self._todo.gaps()
        if not found:
            return []
        vectors = self._library.meaning([gap.question for gap in found])
        return [
            self._group(
                [found[n] for n in places], found[places[central(vectors[places])]].question
            )
            for places in grouped(vectors)
        ]

    async def group(self, number: int) -> Group:
        """Return one group; any of its questions' numbers names it."""
        for one in await self.groups():
            if any(gap.id == number for gap in one.gaps):
                return one
        raise Missing(f"There is no open gap {number}; `quiethand gaps` lists them.")

    async def draft(self, number: int) -> Path:
        """Write an outline from what colleagues answered by hand, unless there is one."""
        group = await self.group(number)
        if not self._file(group.number).exists():
            self.write(group.number, await self.begun(group))
        return self._file(group.number)

    async def begun(self, group: Group) -> str:
        """Return the outline as far as it is written, or as it would begin."""
        file = self._file(group.number)
        if file.exists():
            return file.read_text(encoding="utf-8")
        return self._outline(group, await self._todo.answered(group.gaps))

    def write(self, number: int, text: str) -> None:
        """Keep an outline."""
        file = self._file(number)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    async def approve(self, number: int) -> tuple[str, list[tuple[str, bool]]]:
        """Make the outline an article, read it, and ask the group's questions again."""
        group = await self.group(number)
        file = self._file(group.number)
        if not file.exists():
            raise Missing(f"Nothing is written yet; begin with `quiethand gaps draft {number}`.")
        text = file.read_text(encoding="utf-8")
        _finished(text, file)
        article = self._articles / f"{slug(group.question)}.md"
        article.write_text(text, encoding="utf-8")
        bring(self._library, self._articles, "written", lambda _: None)
        asked = [(gap, self._answers(gap.question)) for gap in group.gaps]
        await self._todo.close([gap.id for gap, known in asked if known], article.stem)
        file.unlink()
        return article.stem, [(gap.question, known) for gap, known in asked]

    async def dismiss(self, number: int) -> Group:
        """Decide that no article shall answer these."""
        group = await self.group(number)
        await self._todo.close([gap.id for gap in group.gaps], "")
        return group

    def _group(self, found: list[Gap], question: str) -> Group:
        hits = self._library.search(question, Scope(self._today()), most=1).hits
        passage = hits[0].passage if hits else None
        return Group(
            number=found[0].id,
            question=question,
            gaps=found,
            nearest=passage.document if passage else "",
            title=passage.title if passage else "",
            doubts=list(dict.fromkeys(doubt for gap in found for doubt in gap.doubts)),
        )

    def _answers(self, question: str) -> bool:
        return confidence(self._library.search(question, Scope(self._today()))) >= 0.5

    def _file(self, number: int) -> Path:
        return self._articles / ".drafts" / f"{number}.md"

    def _outline(self, group: Group, answers: list[str]) -> str:
        ways = " | ".join(
            dict.fromkeys(
                PLACEHOLDER.sub("", gap.question).replace("|", " ").replace("--", "-").strip()
                for gap in group.gaps[:WAYS]
            )
        )
        said = [line for text in answers for line in _lines(text)] or [TODO]
        head = f'---\ntitle: "{group.question.replace(chr(34), "")}"\nowner: ""\n'
        dates = f"reviewed: {self._today()}\naudience: customer\nlanguage: en\n---\n\n"
        return (
            head
            + dates
            + f"{said[0]} <!-- asked: {ways} -->\n"
            + "".join(f"{line}\n" for line in said[1:])
        )


def _lines(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in ends(text, 0, len(text))]


def _finished(text: str, file: Path) -> None:
    """Refuse an outline with a place left to fill in."""
    if TODO in text:
        raise Missing(f"{file} still says {TODO!r}; write the answer first.")
    if found := PLACEHOLDER.search(text):
        raise Missing(f"{file} holds the placeholder {found[0]}; an article is for everybody.")
    if 'owner: ""' in text:
        raise Missing(f"{file} has no owner; name the team that keeps it true.")
