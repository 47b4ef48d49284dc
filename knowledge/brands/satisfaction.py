"""Whether customers are asked how well they were helped."""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

RATING: Final = "rating"  # the kind of the turn that asks, and the route of its line
LATEST = 23 * 60  # minutes after their last message; some platforms allow no word after a day


class Satisfaction(BaseModel):
    """One question, once a conversation, to who has not opted out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ask: bool = False
    after_minutes: float = Field(default=15, ge=1, le=LATEST)  # of quiet after an answer
    channels: list[str] = []  # kinds of channels; none is all that are not public
