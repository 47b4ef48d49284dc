"""Hashtags, mentions and pictures in a text: what a network allows, and who can read them."""

import re
from collections import Counter
from collections.abc import Iterator

from tools.contract import Finding, Post
from tools.drafting.counting import LINK, graphemes, is_emoji
from tools.drafting.facts import hint, placed, stop
from tools.drafting.networks import Network

TAG = re.compile(r"(?<![\w&#/])[#＃](?=\w*[^\W\d_])(\w+)")  # at least one letter: #1 is none
MENTION = re.compile(r"(?<![\w/@.])@(\w(?:[\w.-]*\w)?)(?:@[\w.-]*\w)?")
_HYPHENS = re.compile(r"(?<![\w&#/])#\w+-\w+")
ONE_WORD = 12  # letters; a longer tag in small letters is read out as one word, or as letters
EMOJI, IN_A_ROW = 3, 3  # pictures that a screen reader's listener bears in a part


def tags(text: str) -> list[str]:
    """Return the hashtags of a text, without the sign."""
    return [one[1] for one in TAG.finditer(_bare(text))]


def mentions(text: str) -> list[str]:
    """Return who is mentioned in a text."""
    return [one[1] for one in MENTION.finditer(_bare(text))]


def camel(words: str) -> str:
    """Write words as one hashtag that can be read: "live captions" becomes "LiveCaptions"."""
    found = re.findall(r"[^\W_]+", words)
    return "".join(word if any(map(str.isupper, word)) else word.capitalize() for word in found)


def check(post: Post, network: Network) -> Iterator[Finding]:
    """Return what is wrong with hashtags, mentions and pictures."""
    for start, part in placed(post):
        bare = _bare(part)
        yield from _counted(bare, start, network)
        yield from _readable(bare, start)
        yield from _mentioned(bare, start, network)
        yield from _pictured(part, start)


def _bare(text: str) -> str:
    """Return the text with links blanked out: a fragment of an address is no hashtag."""
    return LINK.sub(lambda link: " " * len(link[0]), text)


def _counted(part: str, start: int, network: Network) -> Iterator[Finding]:
    found = list(TAG.finditer(part))
    if network.tags and len(found) > network.tags:
        at = (start + found[network.tags].start(), start + found[-1].end())
        yield stop("tags.many", f"{network.name} takes {network.tags}: here are {len(found)}.", *at)
    elif len(found) > network.tags_good:
        at = (start + found[network.tags_good].start(), start + found[-1].end())
        yield hint("tags.many", f"{len(found)} hashtags are hard to read.", *at)
    for tag, times in Counter(one[1].casefold() for one in found).items():
        if times > 1:
            yield hint("tags.twice", f"#{tag} stands here {times} times.", start, start + len(part))


def _readable(part: str, start: int) -> Iterator[Finding]:
    for one in TAG.finditer(part):
        letters = [letter for letter in one[1] if letter.isalpha()]
        same = one[1].islower() or one[1].isupper()
        if same and len(letters) > ONE_WORD:
            says = f"#{one[1]}: begin each word with a capital, so that it can be read aloud."
            yield hint("tags.capitals", says, start + one.start(), start + one.end())
    for one in _HYPHENS.finditer(part):
        says = f"{one[0]}: a hashtag ends at the hyphen."
        yield hint("tags.hyphen", says, start + one.start(), start + one.end())


def _mentioned(part: str, start: int, network: Network) -> Iterator[Finding]:
    found = list(MENTION.finditer(part))
    if network.mentions and len(found) > network.mentions:
        at = (start + found[network.mentions].start(), start + found[-1].end())
        yield stop("mentions.many", f"{network.name} takes {network.mentions} mentions.", *at)
    if found and found[0].start() == 0 and network.key == "x":
        says = "A post that begins with a mention is seen by few: put a word before it."
        yield hint("mentions.first", says, start, start + found[0].end())


def _pictured(part: str, start: int) -> Iterator[Finding]:
    row = most = total = 0
    for one in graphemes(part):
        row = row + 1 if is_emoji(one) else 0
        most, total = max(most, row), total + (row > 0)
    if total > EMOJI or most >= IN_A_ROW:
        says = f"{total} pictures are read out one by one to who cannot see them."
        yield hint("emoji.many", says, start, start + len(part))
