"""What each network allows in a post, as data.

Each row says where its numbers were read and when. "Remembered" numbers were in no source that
could be read: they are the careful guess. A network changes its limits when it likes, so a row is
the only place to change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Unit = Literal["weighted", "graphemes", "units", "bytes", "emoji_bytes"]


@dataclass(frozen=True)
class Network:
    """The rules of one network; 0 is "no rule", or "has none of it"."""

    key: str
    name: str
    most: int  # length of a part, in its unit
    unit: Unit
    link: int = 0  # what a link counts for; 0 as it is written
    bytes: int = 0  # a second limit, in UTF-8 bytes
    title: int = 0  # length of the title, where a post has one
    title_needed: bool = False
    thread: bool = False  # a longer text may go on in a reply to itself
    tags: int = 0  # hashtags that are allowed
    tags_good: int = 3  # hashtags that a reader bears
    mentions: int = 0
    links: int = 0
    clickable: bool = True  # a link in the text leads somewhere
    pictures: int = 0
    alt: int = 0  # length of a picture's description
    plain: str = ""  # characters that are refused
    shown: int = 0  # what is seen before "more"; a hint only
    source: str = ""
    checked: str = ""


_ROWS = (
    Network(
        "x", "X", 280, "weighted", link=23, thread=True, tags_good=2, pictures=4, alt=1000,
        source="docs.x.com/resources/fundamentals/counting-characters; pictures, alt: remembered",
        checked="2026-11-21",
    ),
    Network(
        "bluesky", "Bluesky", 300, "graphemes", bytes=3000, thread=True, pictures=4, alt=2000,
        source="lexicon app.bsky.feed.post: 300 graphemes, 3000 bytes; alt: remembered",
        checked="2026-11-21",
    ),
    Network(
        "mastodon", "Mastodon", 500, "graphemes", link=23, thread=True, pictures=4, alt=1500,
        source="docs.joinmastodon.org/user/posting; a server may allow more; alt: remembered",
        checked="2026-11-21",
    ),
    # One topic tag; further ones stay plain text.
    Network(
        "threads", "Threads", 500, "emoji_bytes", thread=True, tags=1, tags_good=1, links=5,
        pictures=20, alt=1000,
        source="developers.facebook.com/documentation/threads/posts (2026-04); alt: remembered",
        checked="2026-11-21",
    ),
    # The unit of the next three is in no source: UTF-16 units count the most.
    Network(
        "linkedin", "LinkedIn", 3000, "units", pictures=20, alt=4000, shown=210,
        source="ayrshare.com/docs (3000); pictures, alt, shown: remembered",
        checked="2026-11-21",
    ),
    # 30 hashtags until December 2025; mentions: 20 remembered, 3 through some schedulers.
    Network(
        "instagram", "Instagram", 2200, "units", tags=5, tags_good=5, mentions=20,
        clickable=False, pictures=10, alt=1000, shown=125,
        source="Instagram's announcement of 2025-12 (5 hashtags); ayrshare.com/docs (2200)",
        checked="2026-11-21",
    ),
    Network(
        "facebook", "Facebook", 63206, "units", pictures=30, alt=1000, shown=477,
        source="several public counters (63206); alt: remembered",
        checked="2026-11-21",
    ),
    # 4000 under photos and in the app; the interface takes 2200 for videos.
    Network(
        "tiktok", "TikTok", 2200, "units", tags=5, tags_good=5, clickable=False, pictures=35,
        shown=100,
        source="developers.tiktok.com direct post, in UTF-16; 5 hashtags since 2025-09 (press)",
        checked="2026-11-21",
    ),
    # Over 60 hashtags all are ignored, 15 in older sources: the careful number stands.
    Network(
        "youtube", "YouTube", 5000, "bytes", title=100, title_needed=True, tags=15, plain="<>",
        shown=150,
        source="developers.google.com/youtube/v3/docs/videos (remembered: page without numbers)",
        checked="2026-11-21",
    ),
)  # fmt: skip

NETWORKS: Mapping[str, Network] = MappingProxyType({row.key: row for row in _ROWS})

_OTHER_NAMES = {
    "twitter": "x", "tweet": "x", "bsky": "bluesky", "toot": "mastodon", "ig": "instagram",
    "insta": "instagram", "fb": "facebook", "tik tok": "tiktok", "yt": "youtube",
    "linked in": "linkedin",
}  # fmt: skip


def network(name: str) -> Network | None:
    """Return the network that people call this, or nothing."""
    key = name.strip().casefold()
    return NETWORKS.get(_OTHER_NAMES.get(key, key))
