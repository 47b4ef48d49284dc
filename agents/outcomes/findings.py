"""What to look at in words before they leave: the network's rules, and the brand's voice."""

from collections.abc import Sequence

from agents.deps import Deps
from knowledge.voice.check import checked
from tools.contract import Answer, Finding, Post


def findings(answer: Answer, channel: str, deps: Deps) -> list[Finding]:
    """Return what is found in a draft."""
    made = answer.get("posts", [])
    if made:
        return [one for post in made for one in _of_post(post, deps)]
    if deps.voices is None:
        return []
    return checked(answer["text"], deps.voices.of(channel), network=channel).findings


def _of_post(post: Post, deps: Deps) -> list[Finding]:
    network, text = post["network"], "\n\n".join(post["parts"])
    found = deps.check_post(post) if deps.check_post else post["findings"]
    if deps.voices is None:
        return found
    return [*found, *checked(text, deps.voices.of(network), "social_post", network).findings]


def blocks(found: Sequence[Finding]) -> bool:
    """Say whether something stands against sending or publishing."""
    return any(one["blocks"] for one in found)


def with_words(answer: Answer, text: str) -> Answer:
    """Return an answer that says something else, on the same evidence."""
    changed: Answer = {**answer, "text": text}
    if made := answer.get("posts"):
        changed["posts"] = [_reworded(post, text) for post in made]
    return changed


def _reworded(post: Post, text: str) -> Post:
    """Return a post with other words; a thread keeps its parts where blank lines part them."""
    parts = text.split("\n\n") if len(post["parts"]) > 1 else [text]
    return {**post, "parts": [part.strip() for part in parts if part.strip()]}
