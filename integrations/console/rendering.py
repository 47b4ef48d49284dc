"""Turn templates into pages: who is here, what they may open, and what a browser may do."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from integrations.console import flash
from integrations.console.roles import Action, Person

FOLDER = "integrations.console"
LOOK = "quiethand_look"  # the cookie that says light or dark; without it the system does
LOOKS = ("light", "dark")
Way = tuple[str, str, Action]  # path, title, right
NAV: tuple[tuple[str, tuple[Way, ...]], ...] = (
    (
        "Work",
        (
            ("/desk", "Queue", "see"),
            ("/desk/content", "Content", "content"),
            ("/desk/gaps", "Gaps", "see"),
        ),
    ),
    (
        "Knowledge",
        (
            ("/desk/documents", "Documents", "see"),
            ("/desk/voice", "Voice", "see"),
            ("/desk/playground", "Playground", "see"),
        ),
    ),
    (
        "Looking back",
        (
            ("/desk/numbers", "Numbers", "see"),
            ("/desk/activity", "Activity", "see"),
            ("/desk/audit", "Audit log", "audit"),
        ),
    ),
    (
        "House",
        (
            ("/desk/settings", "Settings", "settings"),
            ("/desk/people", "People", "people"),
        ),
    ),
)
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # without one, forms would not say where they come from
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Pages:
    """The pages of one brand's console."""

    def __init__(self, brand: str, zone: str, clock: Callable[[], datetime]) -> None:
        self._zone, self._clock = ZoneInfo(zone), clock
        self._templates = Environment(
            loader=FunctionLoader(written),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(brand=brand, static=static, zone=zone)
        self._templates.filters.update(when=self.when, day=self.day)

    def render(
        self,
        request: Request,
        template: str,
        person: Person | None,
        /,
        status: int = 200,
        **context: Any,
    ) -> HTMLResponse:
        """Return a page, with what was to be said to this person since the last one."""
        said = flash.read(request, person)
        page = self._templates.get_template(template).render(
            person=person,
            nav=_nav(person),
            here=request.url.path,
            look=_look(request),
            said=said,
            seal=_seal(person),
            **context,
        )
        answer = HTMLResponse(page, status, HEADERS)
        if said:
            flash.forget(request, answer)
        return answer

    def part(self, template: str, person: Person, /, **context: Any) -> str:
        """Return a piece of a page, for a script that puts it in its place."""
        return self._templates.get_template(template).render(
            person=person, seal=_seal(person), **context
        )

    def back(
        self, request: Request, person: Person, path: str, words: str, kind: flash.Kind = "good"
    ) -> Response:
        """Send a browser to a page of ours after a form, with a word about what was done."""
        answer = RedirectResponse(path, 303, HEADERS)
        flash.say(request, answer, person, words, kind)
        return answer

    def when(self, at: str) -> Markup:
        """Write a time as people here read it; a machine reads it beside."""
        if not at:
            return Markup("")
        then, now = datetime.fromisoformat(at).astimezone(self._zone), self._now()
        shape = "%H:%M" if then.date() == now.date() else "%d %b %H:%M"
        shape = shape if then.year == now.year else "%d %b %Y"
        said = then.strftime(shape).removeprefix("0") if " " in shape else then.strftime(shape)
        title = then.strftime("%A %d %B %Y, %H:%M %Z")
        return Markup('<time datetime="{}" title="{}">{}</time>').format(at, title, said)

    def day(self, at: str) -> str:
        """Write a day."""
        return datetime.fromisoformat(at).astimezone(self._zone).strftime("%d %b %Y")

    def _now(self) -> datetime:
        return self._clock().astimezone(self._zone)


def _nav(person: Person | None) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = [
        (group, [(path, title) for path, title, right in ways if person and person.may(right)])
        for group, ways in NAV
    ]
    return [(group, ways) for group, ways in groups if ways]


def _look(request: Request) -> str:
    look = request.cookies.get(LOOK, "")
    return look if look in LOOKS else ""


def _seal(person: Person | None) -> Markup:
    """Return the hidden field that every form carries."""
    field = Markup('<input type="hidden" name="token" value="{}">')
    return field.format(person.token) if person else Markup("")


@cache
def written(name: str) -> str:
    """Return a template of the folder ``pages``."""
    return files(FOLDER).joinpath("pages", name).read_text(encoding="utf-8")


@cache
def file(name: str) -> bytes:
    """Return a file of the folder ``static``."""
    return files(FOLDER).joinpath("static", name).read_bytes()


def static(name: str) -> str:
    """Return the address of a file, another one when it changes: browsers keep it for long."""
    return f"/desk/static/{name}?v={sha256(file(name)).hexdigest()[:12]}"
