"""What a brand says about itself, and how its posts are looked at."""

from dataclasses import dataclass

from knowledge.brands.content import Content
from tools.drafting.check import Facts


@dataclass(frozen=True)
class House:
    """What a brand says about itself, and how posts are looked at."""

    brand: str
    content: Content
    languages: tuple[str, ...] = ("en",)

    @property
    def facts(self) -> Facts:
        """Return what the checks must know."""
        own = self.content
        return Facts(
            brand=self.brand,
            products=frozenset(own.products),
            language=self.languages[0] if self.languages else "en",
            locale=own.locale,
            address=own.address,
            label=own.label,
        )
