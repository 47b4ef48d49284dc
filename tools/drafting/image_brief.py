"""A brief for whoever makes the picture: what it shows, what it says, what it must not show."""

from tools.contract import Post
from tools.drafting.gathering import Fact
from tools.drafting.wording import quantity

SIZES = {
    "linkedin": "1200 × 627 pixels, landscape",
    "x": "1600 × 900 pixels, landscape",
    "facebook": "1200 × 630 pixels, landscape",
    "instagram": "1080 × 1350 pixels, portrait",
    "threads": "1080 × 1350 pixels, portrait",
    "tiktok": "1080 × 1920 pixels, portrait",
    "youtube": "1280 × 720 pixels, landscape",
    "bluesky": "1200 × 675 pixels, landscape",
    "mastodon": "1200 × 675 pixels, landscape",
}


def image_brief(fact: Fact, network: str) -> str:
    """Return the brief for a card that carries one fact."""
    words = quantity(fact) or fact.passage.heading
    lines = [
        f"Format: {SIZES.get(network, SIZES['linkedin'])} (common; check it when you upload)",
        f"Shows: a plain card in the brand's colours with the words “{words}”",
        f"Below it, smaller: {fact.text}",
        "Leaves out: faces of real people, other companies' marks, and screens that do not exist",
        "Readable: dark on light or light on dark, contrast 4.5 : 1 at least, large letters",
        f"Source of the words: {fact.passage.title}",
        f"Alt text: {alt_text(fact)}",
    ]
    return "\n".join(lines)


def alt_text(fact: Fact) -> str:
    """Return what the card says, for who cannot see it."""
    words = quantity(fact) or fact.passage.heading
    return f"A card with the words “{words}” and, below them: {fact.text}"


def pictured(post: Post, fact: Fact) -> Post:
    """Return a post with the brief for its picture, and the picture's description."""
    brief = image_brief(fact, post["network"])
    return {**post, "alt": [alt_text(fact)], "extras": {**post["extras"], "image brief": brief}}
