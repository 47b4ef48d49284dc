"""What a brand settles about conversations that people have."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _for_all(minutes: object) -> object:
    """Take one number as the time of every team."""
    return {"default": minutes} if isinstance(minutes, int | float) else minutes


Minutes = Annotated[float, Field(ge=0, le=525_600)]
ByTeam = Annotated[dict[str, Minutes], BeforeValidator(_for_all)]


class Handoff(BaseModel):
    """When the agent gets a conversation back by itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    return_after_hours: float = Field(default=0, ge=0, le=8760)  # without their line; 0 is never


class Sla(BaseModel):
    """How soon a person answers what was handed to them; 0 is no promise."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_answer_minutes: ByTeam = {}
    tell_customer: bool = False  # once, that it is late and not forgotten

    def minutes(self, team: str) -> float:
        """Return how long a team has; one that is not named has as long as the default."""
        return self.first_answer_minutes.get(team, self.first_answer_minutes.get("default", 0))
