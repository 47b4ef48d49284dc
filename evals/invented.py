"""Invent personal data that is nobody's, and sentences that carry it.

Names are syllables, phone numbers come from ranges that are kept for films, the rest is dice.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from string import ascii_letters, digits

from agents.redaction.patterns.numbers import luhn

_SYLLABLES = """
bal ber bor cal car cor dal den dor fal fen gar gil har hel jar jor kal ken kor lan lem lor mar mel
mor nal nev nor pal per ral ren ros sal sel sor tal ten tor val ven vor wal wen zan
"""
SYLLABLES = _SYLLABLES.split()
FILMED = {
    "+1 {area} 555 01{n:02d}": 100, "({area}) 555-01{n:02d}": 100, "+44 7700 900{n:03d}": 1000,
    "020 7946 0{n:03d}": 1000, "+49 30 23125{n:03d}": 1000, "089 99998{n:03d}": 1000,
    "+33 1 99 00 {a:02d} {b:02d}": 10000, "06 39 98 {a:02d} {b:02d}": 10000,
}  # fmt: skip
WORD = re.compile("[A-Za-z]+")
MONTHS = ("January", "March", "May", "July", "August", "October", "December")
SPOKEN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ALIKE = str.maketrans("aeopc", "аеорс")  # Cyrillic
WIDE = str.maketrans(digits, "０１２３４５６７８９")


@dataclass(frozen=True)
class Plant:
    """A value in a message."""

    kind: str
    value: str  # as it stands in the text
    text: str
    plain: str  # without its disguise
    parts: tuple[str, ...] = ()  # words that lead to the person by themselves


class Inventor:
    """Throws the dice; no value comes twice."""

    def __init__(self, seed: int) -> None:
        self._dice, self._known, self._words = Random(seed), set[str](), set[str]()

    def plants(self, count: int, kinds: list[str] | None = None) -> Iterator[Plant]:
        """Yield messages of all kinds in turn, or of some."""
        for number in range(count):
            names = kinds or list(KINDS)
            yield self.plant(names[number % len(names)])

    def plant(self, kind: str) -> Plant:
        """Make one message."""
        make, disguise, sentences = KINDS[kind]
        plain = make(self)
        while plain in self._known:
            plain = make(self)
        self._known.add(plain)
        value = disguise(self, plain)
        parts = tuple(word for word in WORD.findall(plain) if word.casefold() in self._words)
        sentence = self._dice.choice(sentences)
        return Plant(kind, value, sentence.format(value), plain, parts)

    def word(self) -> str:
        """Return a word that was not there before; a part of a value that counts by itself."""
        while (word := "".join(self._dice.choices(SYLLABLES, k=3))) in self._words:
            pass
        self._words.add(word)
        return word.title()

    def mail(self) -> str:
        ending = self._dice.choice(("com", "org", "net"))
        between = self._dice.choice((".", "_", "+", ""))
        return f"{self.word()}{between}{self.word()}@example.{ending}".lower()

    def phone(self) -> str:
        shape, many = self._dice.choice(list(FILMED.items()))
        a, b = divmod(n := self._dice.randrange(many), 100)
        return shape.format(area=self._dice.randrange(201, 990), n=n, a=a, b=b)

    def card(self) -> str:
        start = self._dice.choice("45") + self.digits(14)
        plain = next(start + last for last in digits if luhn(start + last))
        return " ".join(plain[at : at + 4] for at in range(0, 16, 4))

    def iban(self) -> str:
        country, length = self._dice.choice((("DE", 18), ("ES", 20), ("FR", 23), ("AT", 16)))
        number = self.digits(length)
        turned = int(number + "".join(str(int(one, 36)) for one in country) + "00")
        plain = f"{country}{98 - turned % 97:02d}{number}"
        return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))

    def security(self) -> str:
        return f"{self._dice.randrange(100, 660)}-{self._dice.randrange(10, 99)}-{self.digits(4)}"

    def birthday(self) -> str:
        day, year = self._dice.randrange(10, 29), self._dice.randrange(1931, 2006)
        month = self._dice.randrange(len(MONTHS))
        shapes = (f"{day} {MONTHS[month]} {year}", f"{year}-{month + 1:02d}-{day}")
        return self._dice.choice(shapes)

    def handle(self) -> str:
        return f"@{self.word()}_{self.word()}".lower()

    def address(self) -> str:
        return ".".join(str(self._dice.randrange(128, 250)) for _ in range(4))

    def link(self) -> str:
        return f"https://app.example.com/reset?token={self.key(28)}"

    def secret(self) -> str:
        start, length = self._dice.choice((("sk-", 48), ("ghp_", 36), ("xoxb-", 40)))
        return start + self.key(length)

    def order(self) -> str:
        return f"CS-{self.digits(6)}"

    def password(self) -> str:
        return f"{self.word()}{self._dice.choice('!#$')}{self.digits(3)}"

    def name(self) -> str:
        return f"{self.word()} {self.word()}"

    def street(self) -> str:
        kind = self._dice.choice(("Street", "Avenue", "Road", "Lane"))
        return f"{self._dice.randrange(10, 190)} {self.word()} {kind}"

    def strasse(self) -> str:
        return f"{self.word()}straße {self._dice.randrange(10, 190)}"

    def key(self, length: int) -> str:
        return "".join(self._dice.choices(ascii_letters + digits, k=length))

    def digits(self, length: int) -> str:
        return "".join(self._dice.choices(digits, k=length))

    def hidden(self, value: str) -> str:
        """Put a character that nobody sees into a value."""
        at = self._dice.randrange(2, len(value) - 2)
        return f"{value[:at]}\u200b\u200d{value[at:]}"


Disguise = Callable[[Inventor, str], str]
Kind = tuple[Callable[[Inventor], str], Disguise, tuple[str, ...]]


def _bare(_: Inventor, value: str) -> str:
    return value


def _spoken(_: Inventor, value: str) -> str:
    return " ".join(SPOKEN[int(one)] for one in value if one.isdigit())


MAIL = ("Write to {} about the invoice.", "The invite went to {} and never arrived", "({})")
CALL = ("Please call me at {} today.", "my number is {}, thanks", "Phone: {}")
PAY = ("I paid with card {} and was charged twice.", "Card number {} please refund")
MID = (
    "Yesterday {} told us that the recording is lost.",
    "Could you add {} to the speakers of our event?",
    "Our host was {}, and the chat did not load.",
)

SURE: dict[str, Kind] = {  # a pattern is enough for these
    "e-mail": (Inventor.mail, _bare, MAIL),
    "phone": (Inventor.phone, _bare, CALL),
    "card": (Inventor.card, _bare, PAY),
    "iban": (Inventor.iban, _bare, ("Refund to {} please.", "My IBAN is {}")),
    "security number": (Inventor.security, _bare, ("My social security number is {}.", "SSN: {}")),
    "birthday": (Inventor.birthday, _bare, ("I was born on {}.", "Date of birth: {}")),
    "handle": (Inventor.handle, _bare, ("I am {} over there.", "Ask {} for the stream.")),
    "ip": (Inventor.address, _bare, ("I connect from {} and it drops.", "IP {} is blocked")),
    "link": (Inventor.link, _bare, ("This link fails: {}", "Why does {} say expired?")),
    "key": (Inventor.secret, _bare, ("The API key {} is refused.", "token {} does not work")),
    "order": (Inventor.order, _bare, ("Where is order {}?", "{} has the wrong seats.")),
    "password": (Inventor.password, _bare, ("My password is {} and fails.", "password: {}")),
    "name in greeting": (
        Inventor.name, _bare, ("My name is {} and I run events.", "Hello, this is {}."),
    ),
    "name in signature": (
        Inventor.name, _bare, ("The chat is slow.\n\nBest regards,\n{}", "It broke.\nThanks,\n{}"),
    ),
    "street": (Inventor.street, _bare, ("I live at {}.", "Send the badge to {} please.")),
    "street in German": (Inventor.strasse, _bare, ("Our office is at {}.", "Send it to {}.")),
    "e-mail with zero width": (Inventor.mail, Inventor.hidden, MAIL),
    "e-mail in Cyrillic": (Inventor.mail, lambda _, value: value.translate(ALIKE), MAIL),
    "phone in full width": (Inventor.phone, lambda _, value: value.translate(WIDE), CALL),
    "card over lines": (Inventor.card, lambda _, value: value.replace(" ", "\n"), PAY),
    "phone in words": (Inventor.phone, _spoken, CALL),
}  # fmt: skip
KINDS: dict[str, Kind] = {  # and a model has to know these by the sentence
    **SURE,
    "name": (Inventor.name, _bare, MID),
    "name in lower case": (Inventor.name, lambda _, value: value.lower(), MID),
    "place": (
        Inventor.word, _bare, ("We stream from {} this autumn.", "I moved to {} last year."),
    ),
}  # fmt: skip
