"""Names and places to draw from, by culture; a fixed share of them is held out."""

import importlib
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import yaml

HELD_SHARE = 15  # of a hundred
_CODES = {
    "en_US": "1", "en_CA": "1", "en_GB": "44", "en_AU": "61", "en_NZ": "64", "en_IE": "353",
    "en_IN": "91", "en_PK": "92", "en_NG": "234", "en_KE": "254", "en_TH": "66", "zu_ZA": "27",
    "de_DE": "49", "de_AT": "43", "de_CH": "41", "fr_FR": "33", "fr_CA": "1", "fr_CH": "41",
    "fr_BE": "32", "fr_DZ": "213", "es_ES": "34", "es_MX": "52", "es_AR": "54", "es_CO": "57",
    "it_IT": "39", "nl_NL": "31", "nl_BE": "32", "pt_BR": "55", "pt_PT": "351", "pl_PL": "48",
    "cs_CZ": "420", "sk_SK": "421", "sl_SI": "386", "hr_HR": "385", "hu_HU": "36", "ro_RO": "40",
    "sv_SE": "46", "da_DK": "45", "no_NO": "47", "fi_FI": "358", "et_EE": "372", "lt_LT": "370",
    "lv_LV": "371", "tr_TR": "90", "az_AZ": "994", "id_ID": "62", "ga_IE": "353", "is_IS": "354",
    "yo_NG": "234", "ha_NG": "234", "ig_NG": "234", "tw_GH": "233", "sw": "255", "uz_UZ": "998",
    "ja_JP": "81", "zh_CN": "86", "zh_TW": "886",
    "el_GR": "30", "ru_RU": "7", "uk_UA": "380", "bg_BG": "359",
}  # fmt: skip
OTHER_SCRIPTS = ("el_GR", "ru_RU", "uk_UA", "bg_BG")
_ROMANISED = ("ja_JP", "zh_CN", "zh_TW")
_NO_ADDRESSES = ("en_PK", "en_NG", "en_KE", "en_TH", "fr_BE", "et_EE", "lt_LT", "lv_LV", "tr_TR",
                 "ga_IE", "is_IS", "yo_NG", "ha_NG", "ig_NG", "tw_GH", "sw", "uz_UZ", "az_AZ",
                 "bg_BG", *_ROMANISED)  # fmt: skip
_STATES = ("state", "administrative_unit", "province", "region", "canton_name", "county")


@dataclass(frozen=True)
class Culture:
    """What one part of the world calls its people and places."""

    locale: str
    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    cities: tuple[str, ...]
    streets: tuple[str, ...] = ()
    zips: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pools:
    """Everything that slots are filled from."""

    cultures: Mapping[str, Culture]
    towns: tuple[str, ...]
    countries: tuple[str, ...]
    states: tuple[str, ...]
    companies: tuple[str, ...]
    words: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]


def held(value: str) -> bool:
    """Say whether a name or place is kept away from training."""
    return zlib.crc32(value.casefold().encode()) % 100 < HELD_SHARE


@cache
def gather(held_out: bool) -> Pools:
    """Collect the pools of one side of the split; takes some seconds."""
    faker = importlib.import_module("faker").Faker  # training only: not in the lock file
    found = _geography()
    cultures = [_culture(faker, locale, code, found, held_out) for locale, code in _CODES.items()]
    lists = lines("lists.yaml")
    cultures += _own_cultures(lists, cultures[0], held_out)
    english = faker("en_US")
    english.seed_instance(1)
    towns = {name.rsplit("/")[-1].replace("_", " ") for name in available_timezones()}
    towns = {town for town in towns if not re.search(r"[\d+]|^[A-Z]{2,}", town)}
    kept = {c.locale: c for c in cultures if len(c.firsts) > 3 and len(c.lasts) > 3}
    names = {name.casefold() for c in kept.values() for name in (*c.firsts, *c.lasts, *c.cities)}
    return Pools(
        cultures=kept,
        towns=_side({*towns, *lists["towns"]}, held_out),
        countries=_side({*_many(english.country, 1500), *lists["countries"]}, held_out),
        states=_side({*_many(english.state, 800), *lists["states"]}, held_out),
        companies=tuple(sorted({*_companies(faker), *lists["companies"]})),
        words=tuple(sorted(_words(faker) - names)),
        lists={**lists, "nicknames": _side(lists["nicknames"], held_out)},
    )


def lines(name: str) -> dict[str, tuple[str, ...]]:
    """Read a file of lists, one item a line."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    blocks: dict[str, str] = yaml.safe_load(text)
    return {key: tuple(filter(None, block.split("\n"))) for key, block in blocks.items()}


def _culture(
    faker: Any, locale: str, code: str, found: Mapping[str, set[str]], held_out: bool
) -> Culture:
    fake = faker("zh_CN" if locale == "zh_TW" else locale)
    fake.seed_instance(len(locale) + sum(map(ord, locale)))
    romanised = "romanized_" if locale in _ROMANISED else ""
    firsts = _many(getattr(fake, f"first_{romanised}name"), 3000)
    lasts = _many(getattr(fake, f"last_{romanised}name"), 3000)
    cities = set(found.get(code, ()))
    if locale in OTHER_SCRIPTS:
        cities = _many(fake.city, 400)
    elif locale not in _NO_ADDRESSES:
        cities |= _many(fake.city, 60 if locale.startswith("en_") else 500)
    culture = Culture(locale, _side(firsts, held_out), _side(lasts, held_out), ())
    if locale in _NO_ADDRESSES:
        return _with(culture, cities=_side(cities, held_out))
    return _with(
        culture,
        cities=_side(cities, held_out),
        streets=_side({re.sub(r"\s+", " ", s) for s in _many(fake.street_address, 700)}, held_out),
        zips=tuple(sorted(_many(fake.postcode, 60))),
        states=_side(_states(fake), held_out),
        countries=_side(_many(fake.country, 300), held_out),
    )


def _with(culture: Culture, **more: tuple[str, ...]) -> Culture:
    return Culture(**{**vars(culture), **more})


def _own_cultures(
    lists: Mapping[str, tuple[str, ...]], like: Culture, held_out: bool
) -> Iterator[Culture]:
    for key in lists:
        if key.endswith("_firsts"):
            name = key.removesuffix("_firsts")
            firsts, lasts = lists[key], lists[f"{name}_lasts"]
            yield Culture(name, _side(firsts, held_out), _side(lasts, held_out), like.cities)


def _many(call: Callable[[], object], times: int) -> set[str]:
    return {text for _ in range(times) if len(text := str(call()).strip(" .,")) > 1}


def _side(values: Iterable[str], held_out: bool) -> tuple[str, ...]:
    plain = {value.strip() for value in values if len(value.strip()) > 1}
    return tuple(sorted(value for value in plain if held(value) == held_out))


def _states(fake: Any) -> set[str]:
    calls = (getattr(fake, name, None) for name in _STATES)
    return next((_many(call, 150) for call in calls if call), set())


def _companies(faker: Any) -> set[str]:
    found = set[str]()
    for locale in ("en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pt_BR", "sv_SE"):
        fake = faker(locale)
        fake.seed_instance(5)
        found |= _many(fake.company, 500)
    return found


def _words(faker: Any) -> set[str]:
    """Return plain words: the system's dictionary where there is one, Faker's own in any case."""
    found = set[str]()
    for locale, times in (("en_US", 9000), ("de_DE", 60), ("fr_FR", 60), ("es_ES", 60)):
        fake = faker(locale)
        fake.seed_instance(3)
        found |= _many(fake.word, times)
    english = faker("en_US")
    english.seed_instance(4)
    spoken = (english.bs, english.catch_phrase, english.job)
    found |= set(" ".join(text for call in spoken for text in _many(call, 900)).lower().split())
    for section in lines("templates.yaml").values():
        found |= set(re.sub(r"\{\w+\}", " ", " ".join(section)).split())
    dictionary = Path("/usr/share/dict/words")
    if dictionary.exists():
        found |= set(dictionary.read_text(encoding="utf-8").split())
    return {word for word in found if word.isalpha() and word.islower() and len(word) > 2}


def _geography() -> dict[str, set[str]]:
    """Return the towns that phone prefixes are given to, by calling code."""
    data = importlib.import_module("phonenumbers.geodata").GEOCODE_DATA
    codes = sorted(set(_CODES.values()), key=len, reverse=True)
    found: dict[str, set[str]] = {}
    for prefix, languages in data.items():
        town = (
            (languages.get("en") or next(iter(languages.values())))
            .split(",")[0]
            .split(" - ")[0]
            .strip()
        )
        if re.search(r"[\d/()&;]", town) or not 2 < len(town) < 28:
            continue
        code = next((code for code in codes if prefix.startswith(code)), "")
        found.setdefault(code, set()).add(town)
    return found
