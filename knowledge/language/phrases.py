"""Fixed phrases: what cancels, corrects or follows up; danger, urgency, attacks, spam."""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "lexicons"
READ = 2000  # characters; phrases are looked for no further


class Phrases:
    """The lexicons, each compiled when first needed."""

    def __init__(self) -> None:
        self._known: dict[str, Mapping[str, re.Pattern[str]]] = {}

    def found(self, lexicon: str, text: str) -> list[str]:
        """Return the kinds of a lexicon that occur in the text."""
        lowered = _plain(text)
        return [kind for kind, pattern in self._lexicon(lexicon).items() if pattern.search(lowered)]

    def cancels(self, text: str) -> bool:
        """Say whether the writer calls it off."""
        return bool(self._lexicon("cancel")["cancel"].match(_plain(text)))

    def follows_up(self, text: str) -> bool:
        """Say whether the text only makes sense after another."""
        return bool(self._lexicon("cancel")["follow_up"].match(_plain(text)))

    def correction(self, text: str) -> str:
        """Return what the writer says they meant instead, or nothing."""
        match = self._lexicon("cancel")["correct"].match(_plain(text))
        return text[match.end() :].strip(" :,.-") if match else ""

    def pick(self, text: str, options: int) -> int | None:
        """Return the option the writer picks, -1 for none of them, None when they say neither."""
        plain = _plain(text).strip(" .!)")
        if len(plain.split()) > 5:
            return None
        kinds = self._lexicon("cancel")
        for place, kind in enumerate(("first", "second", "third")[:options]):
            if kinds[kind].fullmatch(plain):
                return place
        if options == 1 and kinds["yes"].match(plain):
            return 0
        if kinds["none"].fullmatch(plain) or (options == 1 and kinds["no"].match(plain)):
            return -1
        return None

    def _lexicon(self, name: str) -> Mapping[str, re.Pattern[str]]:
        if name not in self._known:
            self._known[name] = _compiled(FOLDER / f"{name}.yaml")
        return self._known[name]


def _plain(text: str) -> str:
    return " ".join(text[:READ].lower().replace("’", "'").split())


def _compiled(file: Path) -> dict[str, re.Pattern[str]]:
    kinds: dict[str, list[str]] = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {
        kind: re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") for kind, parts in kinds.items()
    }
