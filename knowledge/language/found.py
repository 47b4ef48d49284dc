"""What a reader finds that a text wants."""

from dataclasses import dataclass

READ = 2000  # characters; what comes later does not change what a message is about


@dataclass(frozen=True)
class Found:
    """An intent, how sure we are, and the part of the text that says so."""

    name: str
    confidence: float
    text: str
