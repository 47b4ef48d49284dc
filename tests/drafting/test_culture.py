"""What somebody from there would mention is a hint, and only a hint."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drafting.sample import found
from tools.drafting.check import Facts
from tools.drafting.culture import days


def hints(text: str, facts: Facts, when: str = "") -> dict[str, str]:
    every = [one for one in found(text, facts=facts, when=when) if one["rule"].startswith("cult")]
    assert not any(one["blocks"] for one in every)
    return {one["rule"]: one["says"] for one in every}


@pytest.mark.parametrize(
    ("language", "locale", "when", "name"),
    [
        ("de", "de-DE", "2026-10-03", "German Unity Day"),
        ("de", "de-AT", "2026-10-26", "Austrian National Day"),
        ("de", "", "2027-03-26", "Good Friday"),
        ("fr", "fr-FR", "2026-07-14", "Bastille Day"),
        ("es", "es-ES", "2026-12-28", "Holy Innocents"),
        ("en", "en-US", "2026-11-26", "Thanksgiving"),
        ("en", "en-GB", "2026-08-31", "Summer Bank Holiday"),
    ],
)
def test_a_day_that_is_kept_is_named(language: str, locale: str, when: str, name: str) -> None:
    says = hints("Join us!", Facts(language=language, locale=locale), when)["culture.day"]
    assert name in says


@pytest.mark.parametrize("when", ["", "soon", "2026-10-06", "2026-13-40"])
def test_any_other_day_is_only_a_day(when: str) -> None:
    assert "culture.day" not in hints("Kommt vorbei!", Facts(language="de"), when)


@settings(deadline=None)
@given(st.integers(1990, 2100))
def test_easter_is_a_sunday_between_its_bounds(year: int) -> None:
    monday = next(day for day, (_, name) in days("GB", year).items() if name == "Easter Monday")
    easter = monday - timedelta(days=1)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("language", "locale", "text", "rule"),
    [
        ("en", "en-GB", "Let's touch base!", "culture.idiom"),
        ("en", "en-GB", "Hey guys, what do you think?", "culture.idiom"),
        ("en", "en-GB", "What do you plan this summer?", "culture.idiom"),
        ("en", "en-GB", "Join us! 👌", "culture.symbol"),
        ("en", "en-GB", "Join us on 03/04/2027!", "culture.form"),
        ("en", "en-GB", "Join us at 10:30!", "culture.form"),
        ("de", "de-DE", "Kommt um 10 am!", "culture.form"),
        ("de", "de-DE", "Raum 88 wartet auf euch!", "culture.form"),
        ("de", "de-CH", "Viele Grüße!", "culture.form"),
        ("fr", "fr-FR", "Bonjour!", "culture.form"),
        ("es", "es-ES", "Qué opinas?", "culture.form"),
        ("es", "es-ES", "Hola!", "culture.form"),
    ],
)
def test_idioms_symbols_and_forms_are_hinted_at(
    language: str, locale: str, text: str, rule: str
) -> None:
    assert rule in hints(text, Facts(language=language, locale=locale))


@pytest.mark.parametrize(
    ("language", "locale", "text"),
    [
        ("en", "en-GB", "Join us on 3 April at 10:30 CET!"),
        ("en", "en-GB", "What do you think? 👏"),
        ("de", "de-DE", "Viele Grüße!"),
        ("fr", "fr-FR", "Bonjour !"),
        ("es", "es-ES", "¡Hola! ¿Qué opinas?"),
    ],
)
def test_what_is_usual_there_gets_no_hint(language: str, locale: str, text: str) -> None:
    assert not hints(text, Facts(language=language, locale=locale))


@pytest.mark.parametrize(
    ("language", "close", "distant"),
    [
        ("de", "Was denkst du?", "Was denken Sie?"),
        ("fr", "Que fais-tu ?", "Que faites-vous ?"),
        ("es", "¿Qué haces tú?", "¿Qué hace usted?"),
    ],
)
def test_readers_are_spoken_to_in_one_way(language: str, close: str, distant: str) -> None:
    assert "culture.address" in hints(f"{close} {distant}", Facts(language=language))
    assert "culture.address" not in hints(close, Facts(language=language))
    formal = Facts(language=language, address="formal")
    assert "culture.address" in hints(close, formal)
    assert "culture.address" not in hints(distant, formal)
    assert "culture.address" in hints(distant, Facts(language=language, address="informal"))


def test_a_hint_says_what_it_is_about() -> None:
    says = hints("Let's touch base!", Facts())["culture.idiom"]
    assert re.match("“touch base”: ", says)
