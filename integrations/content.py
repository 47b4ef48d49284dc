"""What drafting needs of a brand, put together from its settings and its voice."""

from collections.abc import Callable

from agents.deps import Voices
from knowledge.brands.brand import Brand
from knowledge.voice.check import checked
from tools.contract import Finding, Post
from tools.drafting.check import check
from tools.drafting.house import House
from tools.drafting.work import Studio


def open_studio(brand: Brand, voices: Voices) -> Studio:
    """Return what a brand wants of its posts, judged by its voice."""

    def judge(text: str, network: str) -> list[Finding]:
        return checked(text, voices.of(network), "social_post", network).findings

    return Studio(brand.settings.content, judge)


def checking(brand: Brand) -> Callable[[Post], list[Finding]]:
    """Return what looks at a post that a person has changed."""
    settings = brand.settings
    house = House(settings.name, settings.content, tuple(settings.languages))
    return lambda post: check(post, house.facts)
