"""Names that people give: in introductions, greetings, signatures, titles and forms."""

import re
from collections.abc import Callable, Iterator

from agents.redaction.kinds import Find
from agents.redaction.patterns.name_words import is_word, name_end

_I = re.IGNORECASE
_TOLD = re.compile(
    r"\b(?:(?:my|his|her|our|their|the) (?:full |first |last |sur|user'?s? |real )?name(?:'s| is"
    r"| was|:)|name'?s\b(?= )"
    r"|i(?:'m| am) called|they call me|(?:please |just )?call me|ich hei(?:ß|ss)e|mein name "
    r"(?:ist|lautet)|mein vorname ist"
    r"|je m'appelle|mon nom est|me llamo|mi nombre es|mi chiamo|meu nome é|under the name(?: of)?"
    r"|on behalf of|addressed to|belongs? to|in the name of)[ \t:]{1,3}",
    _I,
)
_I_AM = re.compile(r"(?<!\w)(?:i'm|i am|im)[ \t]{1,2}", _I)
_HERE = re.compile(
    r"(?<!\w)(?:this is|it's|it is|here is|hier ist|ich bin|je suis|soy|ici)[ \t]{1,2}", _I
)
_SPEAKS = re.compile(r"\s{0,2}(?:from|here|speaking|calling|vom|aus)\b", _I)
_FOLLOWS = re.compile(
    r"\s{0,2}(?:[,.!?;(–-]|$|\n|(?:from|here|speaking|calling|and|at|with|aus|von|und|de|et|y|vom"
    r"|about|regarding|vivo|live|wohne|btw|mi|my)\b)"
)
_HELLO = re.compile(
    r"(?:^|(?<=[\n.!?>,:]))\s{0,3}(?:hi|hello|hey|dear|hallo|liebe[r]?|bonjour|bonsoir|salut|cher"
    r"|chère|hola|estimad[oa]"
    r"|querid[oa]|good (?:morning|afternoon|evening)|guten (?:morgen|tag|abend)|thanks|thank you"
    r"|ciao|yo|welcome|sorry)"
    r"(?: again| there)?,?[ \t]{1,2}",
    _I,
)
_AFTER_HELLO = re.compile(r"\s{0,2}(?:[,.!?;:–-]|$|\n)")
_GOODBYE = re.compile(
    r"(?:^|(?<=[\n.!?,;]))[ \t]{0,3}(?:(?:(?:kind|best|warm|many|with (?:kind|best)|warmest"
    r"|kindest) )?(?:regards|wishes|thanks)"
    r"|thanks(?: again| so much| a lot| in advance)?|thank you(?: so much| very much)?|cheers"
    r"|sincerely|yours(?: sincerely| truly| faithfully)?"
    r"|best|love|cordially|respectfully|take care|(?:mit |viele |liebe |beste |schöne )*"
    r"(?:freundlichen )?(?:grüße[n]?|grüsse[n]?|gruß)"
    r"|vg|lg|mfg|cordialement|bien à vous|amicalement|merci|saludos(?: cordiales)?|atentamente"
    r"|un saludo|gracias|danke)"
    r"[ \t]{0,2}(?:[,.!]?[ \t]{0,2}\n\s{0,4}|[,!\-–—]{1,2}[ \t]{1,2})[-–—]{0,2}[ \t]{0,2}",
    _I,
)
_DASHED = re.compile(
    r"(?:\n|[.!?] )[ \t]{0,2}(?:[-–—~]|--)[ \t]{0,2}(?=[^\W\d_]{2,20}"
    r"(?:[ \t][^\W\d_]{2,20})?\s{0,3}$)"
)
_TITLE = re.compile(
    r"(?<![\w.'])(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Hr|Fr|Sr|Sra|Srta|Mme|Mlle|Dra|Ing|Rev|Capt|Lt|Sgt"
    r"|Mag|Sig|Dipl)\.?"
    r"|M\.|Messrs\.?|Miss|Sir|Lord|Lady|Dame|Herrn?|Frau|Fräulein|Monsieur|Madame|Mademoiselle"
    r"|Señor(?:a|ita)?|Doctor|Professor"
    r"|Doktor|Docteur|mr|mrs|ms|dr|MR|MRS|MS|DR)"
    r"(?: (?:and|und|et|y|&) (?:Mr|Mrs|Ms|Dr|Frau|Herr|Mme|M|Sra)\.?)?[ \t]{1,2}(?:(?:Dr|Prof|med"
    r"|rer|nat|Ing|Dipl)\.[ \t-]?){0,3}"
)
_CALLED = re.compile(
    r"(?:\b|_)(?:(?:first|last|full|user|display|sur|family|given|patient|customer|client|contact"
    r"|sender|card(?:holder)?|account(?: ?holder)?"
    r"|guest|speaker|attendee|employee|author|member|voor|nach|vor)?[ _-]?name|name on (?:the )?"
    r"(?:account|card)|patient|customer|employee|client|user|account ?holder|card ?holder"
    r"|contact(?: person)?|attn|attention|cc|bcc|from|to|sender|recipient|signed|redacted|record"
    r"|profile|author|directed by"
    r"|nachname|vorname|nom|prénom|nombre|apellidos?|kunde|kundin|empfänger|ansprechpartner"
    r"(?:in)?|guest|speaker|host|manager|payee"
    r"|benutzer|cliente|request for|contact is)[\"']?\s{0,2}[:=]{1,2}>?\s{0,4}[\"'(]{0,2}",
    _I,
)
_ROLE = re.compile(
    r"\b(?:Patient(?:in)?|Customer|Client|Employee|Attendee|Kundin|Kunde|Cardholder|Passenger"
    r"|Guest|Tenant|Contact|request for|patient is(?: not)?"
    r"|holder is(?: not)?|spoke (?:to|with)|met with|email(?:ed)? from|message from|call from"
    r"|If)[ \t]{1,2}(?=[^\W\d_a-z])"
)
_MASKED = re.compile(r"(?<![\w*])[^\W\d_a-z]\*{2,20}(?:[ \t][^\W\d_a-z]\*{2,20}){1,3}(?!\w)")
_ASIAN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_FOREIGN = re.compile(
    rf"(?<![{_ASIAN}、。])[{_ASIAN}]{{1,5}}(?:[ ・·][{_ASIAN}]{{1,6}})(?![{_ASIAN}、。])"
)
_QUOTED = re.compile(r"VALUES\s{0,3}\(\s{0,3}['\"]", _I)


def names(text: str) -> Iterator[Find]:
    """Find the names that the words around them give away."""
    lower = text.lower()
    for hints, cue, take in _CUES:
        if not any(hint in lower for hint in hints):
            continue
        for found in cue.finditer(text):
            yield from take(text, found.end())
    for found in _MASKED.finditer(text):
        yield Find(*found.span(), "PERSON", 0.8)
    if not text.isascii():
        yield from _foreign(text)


def _told(text: str, start: int) -> Iterator[Find]:
    yield from _named(text, start, name_end(text, start), 0.9)
    if name_end(text, start) == start and (end := name_end(text, start, loose=True, longest=2)):
        known = text[start:end].split()
        if end > start and _FOLLOWS.match(text, end) and len(known) <= 2:
            yield Find(start, end, "PERSON", 0.7)


def _introduced(text: str, start: int) -> Iterator[Find]:
    end = name_end(text, start, longest=4)
    if end == start or text[max(0, start - 4) : end + 30].isupper():
        return
    several = " " in text[start:end]
    if (several or _FOLLOWS.match(text, end)) and _mixed(text[start:end]):
        yield Find(start, end, "PERSON", 0.75)


def _on_the_line(text: str, start: int) -> Iterator[Find]:
    for find in _introduced(text, start):
        if " " in text[find.start : find.end] or _SPEAKS.match(text, find.end):
            yield find


def _greeted(text: str, start: int) -> Iterator[Find]:
    end = name_end(text, start, longest=3)
    if end > start and _AFTER_HELLO.match(text, end) and _mixed(text[start:end]):
        yield Find(start, end, "PERSON", 0.6)


def _signed(text: str, start: int) -> Iterator[Find]:
    end = name_end(text, start, longest=4)
    line = text.find("\n", end)
    rest = text[end : line if line >= 0 else len(text)]
    if end > start and len(rest) < 60:
        yield Find(start, end, "PERSON", 0.8)


def _titled(text: str, start: int) -> Iterator[Find]:
    end = name_end(text, start, longest=4)
    yield from _named(text, start, end, 0.85)


def _filled_in(text: str, start: int) -> Iterator[Find]:
    end = name_end(text, start)
    if end > start and _mixed(text[start:end]):
        yield Find(start, end, "PERSON", 0.7)


def _played(text: str, start: int) -> Iterator[Find]:
    end = name_end(text, start, longest=6)
    if end > start and _mixed(text[start:end]):
        yield Find(start, end, "PERSON", 0.6)


def _named(text: str, start: int, end: int, score: float) -> Iterator[Find]:
    if end > start:
        yield Find(start, end, "PERSON", score)


def _mixed(name: str) -> bool:
    """Say whether a name has small letters: capitals alone are mostly an abbreviation."""
    return any(map(str.islower, name)) or " " in name


def _foreign(text: str) -> Iterator[Find]:
    """A pair of Asian words in a Latin sentence is nearly always a name."""
    latin = sum("a" <= letter <= "z" for letter in text)
    for found in _FOREIGN.finditer(text):
        if latin > 2 * len(found[0]) and not is_word(found[0]):
            yield Find(*found.span(), "PERSON", 0.6)


_Take = Callable[[str, int], Iterator[Find]]
_TELLING: tuple[str, ...] = (
    "name",
    "nome",
    "nom ",
    "nombre",
    "call",
    "hei",
    "appelle",
    "llamo",
    "chiamo",
)
_TELLING += ("behalf", "addressed", "belong")
# A word that must be there comes first: looking for it costs a hundredth of the pattern.
_CUES: tuple[tuple[tuple[str, ...], re.Pattern[str], _Take], ...] = (
    (_TELLING, _TOLD, _told),
    (("i'm", "am ", "im "), _I_AM, _introduced),
    (("is ", "'s", "ist ", "bin ", "suis", "soy", "ici"), _HERE, _on_the_line),
    (("",), _HELLO, _greeted),
    (("\n", ",", ".", "!", ";"), _GOODBYE, _signed),
    (("-", "–", "—", "~"), _DASHED, _signed),
    (("",), _TITLE, _titled),
    ((":", "="), _CALLED, _filled_in),
    (("values",), _QUOTED, _filled_in),
    (("",), _ROLE, _played),
)
