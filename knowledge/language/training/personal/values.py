"""Draw a value for a slot of a template."""

import random
import re
from collections.abc import Callable, Mapping

from knowledge.language.training.personal.example import (
    COMPANY,
    NOTHING,
    PERSON,
    PLACE,
    Piece,
)
from knowledge.language.training.personal.pools import OTHER_SCRIPTS, Culture, Pools
from knowledge.language.training.personal.shapes import (
    AFTER,
    BEFORE,
    COMMON,
    ENGLISH,
    FRAMES,
    PARTICLES,
)

_SLOT = re.compile(r"\{(\w+)\}")


class Values:
    """Draws what fills the slots of one text after another."""

    def __init__(self, pools: Pools, chance: random.Random) -> None:
        self.pools = pools
        self.chance = chance
        self._culture = self._pick_culture("")
        self._labels: Mapping[str, tuple[str, Callable[[], str]]] = {
            "name": (PERSON, self.name), "first": (PERSON, self.first), "last": (PERSON, self.last),
            "full": (PERSON, self.full), "listed": (PERSON, self.listed),
            "first_lower": (PERSON, lambda: self.first().lower()),
            "initial": (PERSON, lambda: f"{self.first()[0]} {self.last()}"),
            "city": (PLACE, self.city), "country": (PLACE, self.country),
            "state": (PLACE, self.state), "place": (PLACE, self.place),
            "where": (PLACE, self.where),
            "street": (PLACE, self.street), "address": (PLACE, self.address),
            "zip": (PLACE, self.zip), "box": (PLACE, self.box),
            "company": (COMPANY, self.company),
            "email": (NOTHING, self.email), "phone": (NOTHING, self.phone),
            "number": (NOTHING, self.number), "handle": (NOTHING, self.handle),
            "unit": (NOTHING, self.unit), "word": (NOTHING, self.word),
            "Word": (NOTHING, lambda: self.word().capitalize()),
        }  # fmt: skip

    def fill(self, template: str, language: str = "") -> list[Piece]:
        """Fill every slot of a template, from the people and places of its language."""
        self._culture = self._pick_culture(language)
        pieces = _SLOT.split(template.replace("\\n", "\n"))
        filled = [Piece(text) for text in pieces]
        filled[1::2] = [self.piece(slot) for slot in pieces[1::2]]
        return [piece for piece in filled if piece.text]

    def piece(self, slot: str) -> Piece:
        """Draw the value of one slot, with its label."""
        if slot in self._labels:
            label, draw = self._labels[slot]
            return Piece(draw(), label)
        return Piece(self.chance.choice(self.pools.lists[slot]))

    def first(self) -> str:
        """Draw a given name, sometimes the short form of one."""
        if self.chance.random() < 0.12:
            return self.chance.choice(self.pools.lists["nicknames"])
        return self.chance.choice(self._people().firsts)

    def last(self) -> str:
        """Draw a family name."""
        name = self.chance.choice(self._people().lasts)
        draw = self.chance.random()
        if draw < 0.04 and name.isascii() and name.isalpha():
            return self.chance.choice(PARTICLES) + name
        return f"{name}-{self.chance.choice(self._culture.lasts)}" if draw < 0.06 else name

    def full(self) -> str:
        """Draw a name of at least two parts."""
        people, first, last = self._people(), self.first(), self.last()
        other = self.chance.choice(people.firsts)
        draw = self.chance.random()
        if people.locale in ("korean", "zh_CN", "zh_TW", "hu_HU") and draw < 0.5:
            return f"{last} {first}"
        shapes = (
            (0.72, f"{first} {last}"), (0.77, f"{first} {other[0]}. {last}"),
            (0.81, f"{first} {other} {last}"), (0.85, f"{first[0]}. {last}"),
            (0.87, f"{first[0]}.{other[0]}. {last}"), (0.89, f"{first[0]}. {other[0]}. {last}"),
            (0.92, f"{first}-{other} {last}"), (0.94, f"{first} {other[0]} {last}"),
            (0.96, f"{first} {last} {self.chance.choice(people.lasts)}"),
            (0.97, f"{first} {last} Jr"), (0.98, f"{first} {last} III"), (1.1, f"{first} {last}"),
        )  # fmt: skip
        return next(shape for limit, shape in shapes if draw < limit)

    def name(self) -> str:
        """Draw what a person is called in a text."""
        draw = self.chance.random()
        if draw < 0.14:
            return self.first()
        return self.last() if draw < 0.18 else self.full()

    def listed(self) -> str:
        """Draw a name as lists have it, family name first."""
        return f"{self.last()}, {self.first()}"

    def city(self) -> str:
        """Draw a town, near or far."""
        near = self._culture.cities
        return self.chance.choice(near if near and self.chance.random() < 0.6 else self.pools.towns)

    def country(self) -> str:
        """Draw a country, in the writer's language or in English."""
        own = self._culture.countries if self.chance.random() < 0.25 else ()
        return self.chance.choice(own or self.pools.countries)

    def state(self) -> str:
        """Draw a state or region."""
        own = self._culture.states if self.chance.random() < 0.6 else ()
        return self.chance.choice(own or self.pools.states)

    def place(self) -> str:
        """Draw any kind of place."""
        draw = self.chance.random()
        if draw < 0.6:
            return self.city()
        return self.country() if draw < 0.87 else self.state()

    def where(self) -> str:
        """Draw a town with its state or country."""
        return f"{self.city()}, {self.country() if self.chance.random() < 0.5 else self.state()}"

    def street(self) -> str:
        """Draw a street with its number."""
        streets = self._culture.streets or self.pools.cultures["en_US"].streets
        return self._renumbered(self.chance.choice(streets))

    def zip(self) -> str:
        """Draw a postal code."""
        zips = self._culture.zips or self.pools.cultures["en_US"].zips
        return self._renumbered(self.chance.choice(zips))

    def unit(self) -> str:
        """Draw a flat or a floor."""
        return f"{self.chance.choice(self.pools.lists['units'])} {self.chance.randint(1, 400)}"

    def box(self) -> str:
        """Draw a post office box."""
        return f"{self.chance.choice(self.pools.lists['boxes'])} {self.chance.randint(2, 99999)}"

    def address(self) -> str:
        """Draw a whole address, on one line or several."""
        shapes = AFTER if self._culture.locale in ENGLISH else BEFORE
        shape = self.chance.choice(shapes)
        if self.chance.random() < 0.3:
            shape = shape.replace("\n\n", "\n").replace("\n ", "\n").replace("\n", ", ")
        return _SLOT.sub(lambda slot: self.piece(slot[1]).text, shape)

    def company(self) -> str:
        """Draw a company, known or made up."""
        known = self.chance.random() < 0.5
        return self.chance.choice(
            self.pools.lists["companies"] if known else self.pools.companies
        ).strip(" .,")

    def word(self) -> str:
        """Draw a plain word."""
        return self.chance.choice(self.pools.words)

    def email(self) -> str:
        """Draw a mail address."""
        host = self.chance.choice(("gmail.com", "example.com", "outlook.de", "mail.org", "web.fr"))
        return (
            f"{self._plain(self.first())}{self.chance.choice(('.', '_', ''))}{self.word()}@{host}"
        )

    def handle(self) -> str:
        """Draw the name of a profile."""
        ending = self.chance.choice(("", "", "_", "99", "official", "XO", "_uk"))
        if self.chance.random() < 0.3:
            return "@user"
        return f"@{self._plain(self.first())}{self.chance.choice(('', self.word()))}{ending}"

    def phone(self) -> str:
        """Draw a phone number."""
        shape = self.chance.choice(
            ("+## ### #######", "(###) ###-####", "0## #### ####", "###-####")
        )
        return self._renumbered(shape.replace("#", "5"))

    def number(self) -> str:
        """Draw a number of any length."""
        return str(self.chance.randint(1, 10 ** self.chance.randint(1, 9)))

    def _pick_culture(self, language: str) -> Culture:
        cultures = self.pools.cultures
        draw = self.chance.random()
        if language:
            return self._first_of(FRAMES[language])
        if draw < 0.45:
            return self._first_of(COMMON)
        plain = [name for name in cultures if name not in OTHER_SCRIPTS]
        return cultures[self.chance.choice(plain if draw < 0.96 else list(cultures))]

    def _first_of(self, locales: tuple[str, ...]) -> Culture:
        known = [locale for locale in locales if locale in self.pools.cultures]
        return self.pools.cultures[self.chance.choice(known)]

    def _people(self) -> Culture:
        mixed = self.chance.random() < 0.1
        return self._pick_culture("") if mixed else self._culture

    def _renumbered(self, text: str) -> str:
        return re.sub(r"[1-9]", lambda _: str(self.chance.randint(1, 9)), text)

    def _plain(self, text: str) -> str:
        return re.sub(r"[^a-z]", "", text.lower()) or "me"
