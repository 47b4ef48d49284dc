"""A brief for whoever makes the picture: what it shows, what it says, what it must not show."""

from tools.contract import Post
from tools.drafting.finishing import finished, held
from tools.drafting.gathering import Fact
from tools.drafting.house import House
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


def image_brief(fact: Fact, network: str, words: str) -> str:
    """Return the brief for a card that carries one fact, below a few words where there are any."""
    said = f"with the words “{words}”" if words else "with one sentence"
    lines = [
        f"Format: {SIZES.get(network, SIZES['linkedin'])} (common; check it when you upload)",
        f"Shows: a plain card in the brand's colours {said}",
        f"Below it, smaller: {fact.text}" if words else f"Says: {fact.text}",
        "Leaves out: faces of real people, other companies' marks, and screens that do not exist",
        "Readable: dark on light or light on dark, contrast 4.5 : 1 at least, large letters",
        f"Source of the words: {fact.passage.title}",
        f"Alt text: {alt_text(fact, words)}",
    ]
    return "\n".join(lines)


def alt_text(fact: Fact, words: str) -> str:
    """Return what the card says, for who cannot see it."""
    if not words:
        return f"A card with the words: {fact.text}"
    return f"A card with the words “{words}” and, below them: {fact.text}"


def large(fact: Fact) -> list[str]:
    """Return what may stand large on a card, ever plainer; at last nothing but the fact."""
    return list(dict.fromkeys([quantity(fact) or fact.passage.heading, fact.passage.heading, ""]))


def pictured(post: Post, fact: Fact, house: House) -> Post | None:
    """Return a post with the brief for its picture, and the picture's description."""
    return held(
        post,
        (
            finished(
                post,
                [fact],
                house,
                {"image brief": image_brief(fact, post["network"], words)},
                [alt_text(fact, words)],
            )
            for words in large(fact)
        ),
    )


def sighted(post: Post, name: str, fact: Fact, house: House) -> Post | None:
    """Return a post with one more picture to test, under its name."""
    network = post["network"]
    briefs = ({name: image_brief(fact, network, words)} for words in large(fact))
    return held(post, (finished(post, [fact], house, brief) for brief in briefs))
