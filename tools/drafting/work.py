"""What drafting works with: where facts are found, for whom, and who looks at the result."""

from collections.abc import Callable
from dataclasses import dataclass, field

from knowledge.brands.content import Content
from knowledge.documents.scope import Scope
from tools.contract import Finding, Post
from tools.drafting.brief import Brief
from tools.drafting.gathering import Material, gathered
from tools.drafting.house import House
from tools.drafting.patterns import Desk
from tools.support.help_centre import Documents, Place

SHOWN = 12  # passages that are looked through
Judge = Callable[[str, str], list[Finding]]


def nobody_judges(text: str, network: str) -> list[Finding]:
    """Find nothing: for a house without a voice."""
    return []


@dataclass(frozen=True)
class Studio:
    """What a brand wants of its posts, and who judges their voice."""

    content: Content = field(default_factory=Content)
    judge: Judge = nobody_judges


@dataclass(frozen=True)
class Work:
    """Everything that a draft is made with."""

    documents: Documents
    place: Place
    studio: Studio

    @property
    def house(self) -> House:
        """Return what the checks must know about the brand."""
        return House(self.place.brand, self.studio.content, self.place.languages)

    def material(self, topic: str) -> tuple[Material, str]:
        """Return what may be said about a topic in public, and the nearest article at all."""
        scope = Scope(self.place.clock().date(), "customer", languages=self.place.languages)
        found = self.documents.search(topic, scope, most=SHOWN)
        nearest = found.hits[0].passage.title if found.hits and found.covered > 0 else ""
        return gathered(found, topic, self.documents.rarity), nearest

    def desk(self, brief: Brief, material: Material, used: set[str] | None = None) -> Desk:
        """Return a desk for the drafts of a brief, where some of the facts may be used already."""
        return Desk(material, brief, self.documents.meaning, used or set())

    def findings(self, post: Post) -> list[Finding]:
        """Return what the checks and the voice have against a post."""
        more = self.studio.judge("\n\n".join(post["parts"]), post["network"])
        return [*post["findings"], *more]


@dataclass
class Made:
    """What came of a brief: drafts, what to say above them, and what to say about them."""

    posts: list[Post] = field(default_factory=list)
    head: str = ""
    notes: list[str] = field(default_factory=list)
