"""Read a prompt or message file and fill in its blanks; a missing blank is an error."""

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


def render(file: str, /, **blanks: Any) -> str:
    """Return ``prompts/<file>.md`` with every blank filled in."""
    return _template(file).render(blanks).strip()


def fingerprint(name: str) -> str:
    """Return a short hash of the file, for the trace."""
    return sha256(_source(name).encode()).hexdigest()[:12]
