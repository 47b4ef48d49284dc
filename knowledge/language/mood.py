"""What a text carries besides its intents; light to import, for whoever only names it."""

from typing import TypedDict


class Mood(TypedDict):
    """What a text carries besides its intents."""

    language: str
    sentiment: str
    emotions: list[str]
    irony: float
    abuse: float
    urgency: list[str]
    crisis: list[str]
    injection: list[str]
    spam: list[str]
