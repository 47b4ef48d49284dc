"""The pages, the styles and the scripts as text."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from integrations.channels.web.channel import Config
from integrations.channels.web.inbound import LONGEST

FOLDER = "integrations.channels.web"


@cache
def file(name: str) -> str:
    """Return a file of the folder ``pages``."""
    return files(FOLDER).joinpath("pages", name).read_text(encoding="utf-8")


_environment = Environment(
    loader=FunctionLoader(file),
    undefined=StrictUndefined,
    autoescape=select_autoescape(["html"]),
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(config: Config, brand: str, embedded: bool) -> str:
    """Return the chat page."""
    return _environment.get_template("chat.html").render(
        title=config.title or brand,
        brand=brand,
        privacy=config.privacy,
        embedded=embedded,
        longest=LONGEST,
    )


def widget(config: Config, brand: str) -> str:
    """Return the script that a site embeds."""
    settings = {
        "title": config.title or brand,
        "colour": config.colour,
        "ink": ink(config.colour),
    }
    return _environment.get_template("widget.js").render(settings=settings)


def icon(config: Config) -> str:
    """Return the page's icon in the brand's colour."""
    return _environment.get_template("icon.svg").render(colour=config.colour)


def theme(config: Config) -> str:
    """Return the brand's colour, and one that can be read on it, as a style sheet."""
    return f":root {{ --brand: {config.colour}; --ink-on-brand: {ink(config.colour)}; }}\n"


def ink(colour: str) -> str:
    """Return black or white, whichever has more contrast on a colour."""
    light = _luminance(colour)
    return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else "#000000"


def _luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
