"""What stands below a text: where to read on, and the hashtags."""

from knowledge.brands.content import Content
from tools.drafting.brief import Brief
from tools.drafting.networks import Network
from tools.drafting.patterns import Sketch
from tools.drafting.tags import camel
from tools.drafting.wording import about

TAGLESS = frozenset({"facebook"})
LONGEST_TAG = 28


def tagged(sketch: Sketch, brief: Brief, content: Content, rules: Network) -> str:
    """Return the line of hashtags, where any are wanted."""
    found = tags(sketch.title, brief.topic, content, rules) if brief.hashtags else []
    return " ".join(f"#{tag}" for tag in found)


def tags(title: str, topic: str, content: Content, network: Network) -> list[str]:
    """Return the hashtags of a post: the brand's own, and its matter when that is short."""
    kind, said = about(title, topic)
    own = camel(said) if kind == "thing" and len(said.split()) <= 3 else ""
    found = [own] if own and len(own) <= LONGEST_TAG else []
    wanted = list(dict.fromkeys([*found, *content.hashtags]))
    return [] if network.key in TAGLESS else wanted[: min(network.tags_good, 3)]


def closing(title: str, brief: Brief, content: Content, rules: Network) -> str:
    """Return the call to action: the wished one, the brand's, or where to read on."""
    wish = brief.call_to_action or content.call_to_action
    link = content.link if content.link and rules.clickable else ""
    if wish:
        said = wish if wish.endswith((".", "!", "?")) else f"{wish}."
        return f"{said[0].upper()}{said[1:]} {link}".strip()
    if not link and not title:
        return "Read more in our help centre."
    return f"Read more in our help centre: {link or f'“{title}”.'}"
