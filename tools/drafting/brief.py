"""The brief: what is to be drafted, for whom, where, and what of it we had to assume."""

from datetime import date
from typing import Literal, get_args

from pydantic import BaseModel, Field

from tools.drafting.networks import NETWORKS

Kind = Literal[
    "post", "reply", "calendar", "image_brief", "storyboard", "headlines", "campaign", "rewrite"
]
Pattern = Literal["question", "list", "number", "how_to", "limits", "before_after", "plain"]
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
# Every pattern in turn, the ones that suit most topics first; the last two only when asked for.
ROTATION: tuple[Pattern, ...] = ("question", "list", "number", "how_to", "plain", "limits")
MOST = 12  # drafts from one request

BRIEF = "brief"  # the document that evidence names which the brief itself is


class Brief(BaseModel):
    """The form."""

    kind: Kind = "post"
    topic: str = Field(default="", description="What it is about, in the asker's words.")
    topics: list[str] = []  # of a plan, in turn
    audience: str = Field(default="", description="Whom it speaks to, as in 'event organisers'.")
    goal: str = Field(default="", description="What it is for, as in 'sign-ups'.")
    networks: list[str] = []
    number: int = Field(default=1, ge=1, le=MOST)
    patterns: list[Pattern] = []  # of the drafts, in order; fewer than drafts leaves us the rest
    tone: str = ""
    call_to_action: str = ""
    language: str = ""
    variants: int = Field(default=1, ge=1, le=4)
    longest: int = Field(default=0, ge=0)  # characters, where the asker gave a limit
    hashtags: bool = True
    thread: bool = False
    comment: str = ""  # that is replied to
    starts: date | None = None
    weeks: int = Field(default=1, ge=1, le=6)
    per_week: int = Field(default=0, ge=0, le=14)
    shots: int = Field(default=0, ge=0, le=8)
    seconds: int = Field(default=0, ge=0, le=180)
    stated: list[str] = []  # dates and prices that the request itself names
    assumed: list[str] = []  # what was not said, and what we took instead

    @property
    def network(self) -> str:
        """Return the first network."""
        return self.networks[0]

    def pattern(self, place: int) -> Pattern:
        """Return the pattern of one draft, whatever was asked for first."""
        if place < len(self.patterns):
            return self.patterns[place]
        rest = [one for one in ROTATION if one not in self.patterns] or list(ROTATION)
        return rest[(place - len(self.patterns)) % len(rest)]

    def asked_for(self, place: int) -> bool:
        """Say whether the pattern of a draft was wished, and not our choice."""
        return place < len(self.patterns)


def known(network: str) -> bool:
    """Say whether it is a network that we know the rules of."""
    return network in NETWORKS
