"""Words that a name is made of, and words with a capital that are nobody's name."""

import re

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-'’.](?=[^\W\d_]))*\.?")
_PART = re.compile(r"[-'’.]")
_PREFIX = re.compile(r"^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|O)(?=[^\W\d_a-z])[^\W\d_]?")
_GAP = re.compile(r"[ \t]{1,2}")
_PARTICLES_WORDS = """
von van de del der den la le el los du da di dos das bin ibn al ter ten zu zum y e
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_NOBODY_WORDS = """
i it its we us you they he she the a an and or but not no yes so this that these those there
here what when where why how who which is are was were be been do does did done can could will
would should may might must have has had having am all any some every each both one two three
many more most much my your our their his her if in on at by to of for from with without about
after before since until again also just only even still already now then today tomorrow
yesterday monday tuesday wednesday thursday friday saturday sunday january february march april
june july august september october november december please thanks thank thx cheers regards best
kind warm sincerely hello hi hey dear greetings morning afternoon evening night day sorry sure
fine good great happy sad angry glad afraid unable able trying using looking getting going
wondering waiting writing calling asking contacting reaching interested new back stuck lost
confused locked unhappy disappointed frustrated planning organising organizing hosting running
sir madam sirs team support service customer customers client clients staff sales billing help
desk everyone everybody folks guys friends friend agent bot assistant admin manager organiser
organizer attendee attendees speaker speakers moderator host guest user users company account
name names page event events session ticket tickets order orders plan plans email mail phone
number address password login chat message feedback question questions request issue problem app
application website site web portal data pro free starter business enterprise premium basic
standard trial english german french spanish american british european indian chinese japanese
italian dutch windows mac macos linux iphone ipad android chrome firefox safari edge zoom slack
google microsoft apple facebook instagram twitter linkedin tiktok youtube whatsapp outlook gmail
teams excel paypal visa mastercard okay ok vip ceo cto cfo hr faq api sso room rooms stage hall
main north south east west hub report record records file profile care success universe world
right left wrong late early ready between below above under over other another however because
although otherwise unfortunately actually currently recently finally next last first second sent
none null true false unknown anonymous n/a redacted example default test kunde kunden kundin
herr frau damen herren dr prof mr mrs ms miss monsieur madame señor señora sehr geehrte ich du
er sie wir ihr das die der den dem ein eine einen mit und oder nicht auf für von zu zum zur bei
nach je tu il elle nous vous ils le la les un une des et ou ne pas pour avec sur dans par el los
las una y o con para por en que su mi me se es ist hier da leider bitte danke merci gracias
hallo guten tag bonjour hola buenos días veranstalter organisateur organizador mitglied besucher
teilnehmer
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
LONGEST = 5  # words


def name_end(text: str, start: int, loose: bool = False, longest: int = LONGEST) -> int:
    """Return where the name that begins here ends, or the start where nobody is named.

    Loose also takes words without a capital, for words that can only come before a name.
    """
    at = end = start
    for _ in range(longest + 2):
        word = _WORD.match(text, at, at + 40)
        if word is None:
            break
        fits = _fits(word[0], loose)
        if not fits and not _joins(word[0]):
            break
        if fits:
            end = word.end() - _stop(word[0])
        if fits and _stop(word[0]):
            break
        gap = _GAP.match(text, word.end())
        if gap is None:
            break
        at = gap.end()
    return end


def is_word(word: str) -> bool:
    """Say whether a word is one of those that are nobody's name."""
    plain = word.lower().rstrip(".")
    short, mark, _ = plain.partition("'")
    return plain in _NOBODY or (bool(mark) and short in _NOBODY)


def _fits(word: str, loose: bool) -> bool:
    plain = word.rstrip(".")
    if is_word(plain) or (len(plain) > 3 and "." in plain and not plain.istitle()):
        return False
    if loose and len(plain) > 1:
        return "'" not in plain or plain[:2].lower() in ("o'", "d'")
    return plain[0].isupper() and (plain.isupper() or all(map(_written, _PART.split(plain))))


def _written(part: str) -> bool:
    """Say whether capitals stand where names have them: Roe and McRoe, but not iPhone or GitHub."""
    return not any(map(str.isupper, _PREFIX.sub("X", part)[1:]))


def _joins(word: str) -> bool:
    return word.lower() in _PARTICLES


def _stop(word: str) -> int:
    """Return 1 for a full stop that ends the sentence, 0 for that of an initial."""
    return int(word.endswith(".") and len(word) > 3)
