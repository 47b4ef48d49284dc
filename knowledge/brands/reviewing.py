"""What a brand settles about drafts that wait for people."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.brands.handing import ByTeam

DraftKind = Literal["reply", "comment", "post"]


class ApprovalStep(BaseModel):
    """Who has to say yes: one of these, or each of them; a role or a person's name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    any: list[str] = []
    all: list[str] = []
    kinds: list[DraftKind] = []  # of drafts; none is all

    @model_validator(mode="after")
    def _one_way(self) -> "ApprovalStep":
        if bool(self.any) == bool(self.all):
            raise ValueError("a step of approval names people in either 'any' or 'all'")
        return self


class Approval(BaseModel):
    """How drafts are approved, how long that takes, and what happens when nobody does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    undo_seconds: float = Field(default=10, ge=0, le=600)  # before what was approved leaves
    due_minutes: ByTeam = {}  # to decide a draft; a team without has its promise of an answer
    when_due: Literal["escalate", "expire"] = "escalate"
    escalate_to: str = ""  # a team; none leaves it with its own
    expire_minutes: float = Field(default=0, ge=0, le=525_600)  # after escalating; 0 is never
    steps: list[ApprovalStep] = []  # in their order; none: one yes is enough

    def minutes(self, team: str) -> float:
        """Return how long a team has to decide; 0 is as long as it takes."""
        return self.due_minutes.get(team, self.due_minutes.get("default", 0))

    def steps_of(self, kind: str) -> list[ApprovalStep]:
        """Return the steps that drafts of a kind go through."""
        return [step for step in self.steps if not step.kinds or kind in step.kinds]
