"""Read a prompt or message file and fill in its blanks; a missing blank is an error."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template


def _source(name: str) -> str:
    return files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")


_environment = Environment(
    loader=FunctionLoader(_source), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@cache
def _template(name: str) -> Template:
    return _environment.get_template(name)


_rendered: ContextVar[dict[str, str] | None] = ContextVar("rendered", default=None)


def render(file: str, /, **blanks: Any) -> str:
    """Return ``prompts/<file>.md`` with every blank filled in."""
    if (rendered := _rendered.get()) is not None:
        rendered[file] = fingerprint(file)
    return _template(file).render(blanks).strip()


@cache
def fingerprint(name: str) -> str:
    """Return a short hash of the file, for the trace."""
    return sha256(_source(name).encode()).hexdigest()[:12]


@contextmanager
def noting_files() -> Iterator[dict[str, str]]:
    """Return the files that are filled in inside the block, each with its fingerprint."""
    rendered: dict[str, str] = {}
    before = _rendered.set(rendered)
    try:
        yield rendered
    finally:
        _rendered.reset(before)
