"""What a network refuses in a post: length, title, pictures, links and what was left in it."""

import re
from collections.abc import Iterator

from tools.contract import Finding, Post
from tools.drafting.counting import BARE, LINK, fits, graphemes, length
from tools.drafting.facts import hint, placed, stop
from tools.drafting.networks import Network

# A blank that nobody filled in, a number of a source, a note to oneself.
_LEFT = re.compile(
    r"\[\d{1,3}\]|<[A-Z]+_\d+>|\{\{?[^{}\n]{0,60}\}?\}|\[(?:insert|link|your|add|name|topic|url)"
    r"\b[^\]\n]{0,60}\]|\b(?:TODO|TBD|FIXME|XXX)\b|\blorem ipsum\b|\[\.\.\.\]",
    re.IGNORECASE,
)
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f\ufff9-\ufffb]")
_GAP = re.compile(r"\n[ \t]*\n[ \t]*\n")
_STYLED = re.compile("[\U0001d400-\U0001d7ff\u24b6-\u24e9\uff21-\uff5a]{2,}")
_WALL = 700  # characters of a paragraph that nobody reads on a telephone


def check(post: Post, network: Network) -> Iterator[Finding]:
    """Return what the network would refuse or cut, and what makes the text hard to read."""
    yield from _parts(post, network)
    yield from _title(post["title"], network)
    yield from _pictures(post["alt"], network)
    for start, part in placed(post):
        yield from _links(part, start, network)
        yield from _characters(part, start, network)
        yield from _reading(part, start)
    for text in (post["title"], *post["alt"]):
        for left in _LEFT.finditer(text):
            yield stop("form.left", f"Something is not filled in: “{left[0]}”.")
        if _HIDDEN.search(text):
            yield stop("form.hidden", "There are hidden characters in the title or a description.")


def _parts(post: Post, network: Network) -> Iterator[Finding]:
    if not post["parts"]:
        yield stop("form.empty", "There is no text.")
    if len(post["parts"]) > 1 and not network.thread:
        yield stop("form.thread", f"{network.name} has no threads: one part only.")
    for start, part in placed(post):
        end = start + len(part)
        if not part.strip():
            yield stop("form.empty", "A part is empty.", start, end)
        elif not fits(part, network):
            over = f"{length(part, network)} of {network.most}"
            yield stop("form.length", f"Too long for {network.name}: {over}.", start, end)


def _title(title: str, network: Network) -> Iterator[Finding]:
    if network.title_needed and not title.strip():
        yield stop("form.title", f"{network.name} needs a title.")
    if title and not network.title:
        yield hint("form.title", f"{network.name} shows no title: “{title}” would be lost.")
    if network.title and len(title.encode("utf-16-le")) // 2 > network.title:
        yield stop("form.title", f"The title is longer than {network.title} characters.")
    if any(one in title for one in network.plain):
        yield stop("form.characters", f"{network.name} refuses {network.plain} in a title.")


def _pictures(alt: list[str], network: Network) -> Iterator[Finding]:
    if len(alt) > max(network.pictures, 1):
        yield stop("form.pictures", f"{network.name} takes {max(network.pictures, 1)} pictures.")
    for number, text in enumerate(alt, 1):
        if not text.strip():
            yield hint("form.alt", f"Picture {number} has no description for who cannot see it.")
        if network.alt and len(text) > network.alt:
            yield stop("form.alt", f"The description of picture {number} is too long.")


def _links(part: str, start: int, network: Network) -> Iterator[Finding]:
    found = list(LINK.finditer(part))
    bare = list(BARE.finditer(LINK.sub(lambda link: " " * len(link[0]), part)))
    if network.links and len({one[0].casefold() for one in [*found, *bare]}) > network.links:
        yield stop("form.links", f"{network.name} takes {network.links} links.", start)
    for one in found:
        at = (start + one.start(), start + one.end())
        if not network.clickable:
            yield hint("form.link", f"Links cannot be tapped on {network.name}.", *at)
        if one[0].casefold().startswith("http://"):
            yield hint("form.link", "This link is not encrypted (http://).", *at)


def _characters(part: str, start: int, network: Network) -> Iterator[Finding]:
    for left in _LEFT.finditer(part):
        at = (start + left.start(), start + left.end())
        yield stop("form.left", f"Something is not filled in: “{left[0]}”.", *at)
    for one in _HIDDEN.finditer(part):
        at = (start + one.start(), start + one.end())
        yield stop("form.hidden", "A hidden character, which may show the text otherwise.", *at)
    for place, letter in enumerate(part):
        if letter in network.plain:
            at = (start + place, start + place + 1)
            yield stop("form.characters", f"{network.name} refuses {letter}.", *at)


def _reading(part: str, start: int) -> Iterator[Finding]:
    for gap in _GAP.finditer(part):
        at = (start + gap.start(), start + gap.end())
        yield hint("form.lines", "More than one empty line.", *at)
    for one in _STYLED.finditer(part):
        at = (start + one.start(), start + one.end())
        yield hint("form.letters", "Screen readers cannot read letters like these.", *at)
    place = 0
    for block in part.split("\n\n"):
        if len(graphemes(block)) > _WALL:
            at = (start + place, start + place + len(block))
            yield hint("form.lines", "A long paragraph: a line break would help.", *at)
        place += len(block) + 2
