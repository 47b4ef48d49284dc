"""Read intents and their examples, the project's and a brand's, and complain with file and line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.audience import Audience

FOLDER = Path(__file__).parent / "examples"


class ExamplesError(Exception):
    """A file of examples cannot be used; says file, line and field."""


class IntentExamples(BaseModel):
    """An intent: who may mean it, what it is, how we name it to the writer, and examples."""

    model_config = ConfigDict(extra="forbid")

    intent: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    audience: list[str] = Field(min_length=1)
    about: str
    option: str
    examples: list[str] = Field(min_length=3)


def load(brand_folder: Path | None) -> list[IntentExamples]:
    """Return every intent with its examples; a brand's file adds to the project's."""
    found = [_entry(file, node) for file in sorted(FOLDER.glob("*.yaml")) for node in _nodes(file)]
    own = brand_folder / "intents.yaml" if brand_folder else None
    if own and own.exists():
        found += [_entry(own, node) for node in _nodes(own)]
    return _merged(found)


def _merged(found: Iterable[IntentExamples]) -> list[IntentExamples]:
    intents: dict[str, IntentExamples] = {}
    for entry in found:
        if entry.intent in intents:
            known = intents[entry.intent]
            more = [text for text in entry.examples if text not in known.examples]
            entry = known.model_copy(update={"examples": [*known.examples, *more]})
        intents[entry.intent] = entry
    return list(intents.values())


def _nodes(file: Path) -> list[Any]:
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ExamplesError(f"{file}: {error}") from error
    if node is None:
        return []
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _entry(file: Path, node: Any) -> IntentExamples:
    loader = yaml.SafeLoader("")
    data = loader.construct_document(node)
    try:
        entry = IntentExamples.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        line = _line(node, first["loc"])
        raise ExamplesError(f"{file}:{line}: {field}: {first['msg']}") from error
    if unknown := set(entry.audience) - set(get_args(Audience)):
        line = _line(node, ("audience",))
        raise ExamplesError(f"{file}:{line}: audience: {sorted(unknown)} is nobody we know")
    return entry


def _line(node: Any, path: tuple[int | str, ...]) -> int:
    """Walk down the path as far as it goes and return the line there."""
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pairs = [(key, value) for key, value in node.value if key.value == part]
            if not pairs:
                break
            node = pairs[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
    return int(node.start_mark.line) + 1
