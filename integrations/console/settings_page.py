"""How the agent is set up: who speaks when, how sure it must be, who is told, what is kept."""

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.roles import Person
from integrations.settings import Settings
from knowledge.brands.brand import DAYS, AutonomyRow
from knowledge.brands.brand import Settings as BrandSettings

PATH = "/desk/settings"
SPEAKS = {
    "auto": ("the agent", "good"),
    "draft": ("the agent, after a person's approval", "warn"),
    "off": ("a person", "accent"),
}
OWN = ("autonomy", "hours", "teams")  # shown in a way of their own
WORDS = {
    "sla": "Promises to customers",
    "opt_out": "Opting out",
    "orders": "order numbers look like",
    "may_reveal": "who may see originals",
    "allow": "never personal",
}
MAY = Depends(needs("settings"))
Facts = list[tuple[str, str]]


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(PATH, response_class=HTMLResponse)
    async def page(request: Request, person: Annotated[Person, MAY]) -> Response:
        """Show it; it is changed in files, so that changes are reviewed like code."""
        brand = console.store.brand
        return console.pages.render(
            request,
            "settings.html",
            person,
            ladder=[_rung(row) for row in brand.settings.autonomy],
            hours=[(day, _span(brand.settings.hours.get(day))) for day in DAYS],
            teams=sorted((one.replace("_", " "), to) for one, to in brand.settings.teams.items()),
            sections=list(_sections(brand.settings)),
            basics=_basics(brand.settings),
            house=_house(console.settings),
            file=brand.folder / "brand.toml",
        )

    return router


def _rung(row: AutonomyRow) -> dict[str, str]:
    speaks, kind = SPEAKS[row.mode]
    given = {name: getattr(row, name) for name in ("channel", "intent", "risk")}
    return {name: value or "any" for name, value in given.items()} | {"who": speaks, "kind": kind}


def _span(span: tuple[time, time] | None) -> str:
    return f"{span[0]:%H:%M} – {span[1]:%H:%M}" if span else "closed"


def _sections(settings: BrandSettings) -> Iterator[tuple[str, Facts]]:
    """Yield every table of the file, those too that are added some day."""
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, BaseModel) and name not in OWN:
            dumped = value.model_dump(mode="json")
            unit = _unit(name)
            yield (
                _words(name),
                [(_words(key).lower(), _said(one, unit)) for key, one in dumped.items()],
            )


def _basics(settings: BrandSettings) -> Facts:
    return [
        ("name", settings.name),
        ("languages", ", ".join(settings.languages)),
        ("time zone", settings.time_zone),
        ("signature", settings.signature or "none"),
    ]


def _house(settings: Settings) -> Facts:
    server = bool(settings.database_url.get_secret_value())
    return [
        ("language model", settings.model or "none; everything works on this machine alone"),
        ("rows are kept", "on a Postgres server" if server else "in a SQLite file"),
        (
            "ways to sign in",
            {"oidc": "single sign-on, or a link"}.get(settings.sign_in, settings.sign_in),
        ),
    ]


def _words(name: str) -> str:
    return WORDS.get(name, name.replace("_", " ").capitalize())


def _unit(section: str) -> str:
    return "days" if section == "retention" else ""


def _said(value: Any, unit: str = "") -> str:
    """Write a value of the file as people say it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if unit and isinstance(value, int):
        return f"{value} {unit}" if value else "for ever"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(one)}" for key, one in value.items()) or "none"
    if isinstance(value, list):
        return "; ".join(_said(one) for one in value) or "none"
    return "none" if value in (None, "") else str(value)
