"""What a network refuses blocks; what makes a post hard to read is a hint."""

import pytest

from tests.drafting.sample import blocking, found, rules
from tools.drafting.networks import NETWORKS, network

QUESTION = "What do you think?"


def test_every_network_says_where_its_numbers_are_from() -> None:
    assert len(NETWORKS) == 9
    assert all(one.source and one.checked and one.most for one in NETWORKS.values())


@pytest.mark.parametrize(
    ("said", "key"), [("Twitter", "x"), ("fb", "facebook"), (" LinkedIn ", "linkedin")]
)
def test_networks_are_known_by_what_people_call_them(said: str, key: str) -> None:
    one = network(said)
    assert one
    assert one.key == key


def test_an_unknown_network_blocks() -> None:
    assert blocking(QUESTION, network="myspace") == {"network.unknown"}


@pytest.mark.parametrize("key", NETWORKS)
def test_the_last_character_that_fits_passes_and_the_next_blocks(key: str) -> None:
    most = NETWORKS[key].most
    title = "Captions" if NETWORKS[key].title_needed else ""
    text = ("Share your story. " * 4000)[: most - 1]
    assert "form.length" not in blocking(f"{text}!", network=key, title=title)
    assert "form.length" in blocking(f"{text}!!", network=key, title=title)


@pytest.mark.parametrize(
    ("rule", "others"),
    [
        ("form.empty", {"parts": [""]}),
        ("form.empty", {"parts": []}),
        ("form.thread", {"parts": [QUESTION, "Join us!"]}),
        ("form.title", {"network": "youtube"}),
        ("form.title", {"network": "youtube", "title": "t" * 101}),
        ("form.characters", {"network": "youtube", "title": "T", "parts": ["Is a < b?"]}),
        ("form.characters", {"network": "youtube", "title": "<T>"}),
        ("form.pictures", {"network": "x", "alt": ["A hall"] * 5}),
        ("form.alt", {"network": "mastodon", "alt": ["A hall " * 300]}),
        ("form.links", {"network": "threads",
                        "parts": [" ".join(f"https://a{n}.de/x" for n in range(6)) + " ok?"]}),
        ("tags.many", {"network": "instagram", "parts": ["#A1a #Bb #Cc #Dd #Ee #Ff"]}),
        ("tags.many", {"network": "tiktok", "parts": ["#A1a #Bb #Cc #Dd #Ee #Ff"]}),
        ("tags.many", {"network": "threads", "parts": ["#Aa #Bb"]}),
        ("mentions.many", {"network": "instagram",
                           "parts": [" ".join(f"@kim{n}" for n in range(21)) + "?"]}),
        ("form.left", {"parts": ["Join us [link]!"]}),
        ("form.left", {"parts": ["Join us, {name}!"]}),
        ("form.left", {"parts": ["Join us, <PERSON_1>!"]}),
        ("form.left", {"parts": ["Join us! [1]"]}),
        ("form.left", {"parts": ["TODO: a hook"]}),
        ("form.left", {"alt": ["[insert picture]"]}),
        ("form.hidden", {"parts": ["Join\u202e us!"]}),
        ("form.hidden", {"title": "\u202ex", "network": "youtube"}),
    ],
)  # fmt: skip
def test_what_a_network_or_a_reader_would_refuse_blocks(rule: str, others: dict) -> None:  # type: ignore[type-arg]
    parts = others.pop("parts", [QUESTION])
    assert rule in blocking(*parts, **others)


@pytest.mark.parametrize(
    ("rule", "others"),
    [
        ("form.title", {"title": "Captions"}),
        ("form.alt", {"alt": [" "]}),
        ("form.link", {"network": "instagram", "parts": ["Read on: https://example.org/a"]}),
        ("form.link", {"parts": ["Read on: http://example.org/a"]}),
        ("form.lines", {"parts": ["Join us!\n\n\nRead on."]}),
        ("form.lines", {"parts": ["Join us! " * 90]}),
        ("form.letters", {"parts": ["𝗝𝗼𝗶𝗻 us!"]}),
        ("tags.capitals", {"parts": ["#livecaptionsforevents"]}),
        ("tags.capitals", {"parts": ["#LIVECAPTIONSFOREVENTS"]}),
        ("tags.hyphen", {"parts": ["Join us! #live-captions"]}),
        ("tags.twice", {"parts": ["Join us! #Captions #captions"]}),
        ("tags.many", {"parts": ["Join us! #Aa #Bb #Cc #Dd"]}),
        ("mentions.first", {"network": "x", "parts": ["@kim what do you think?"]}),
        ("emoji.many", {"parts": ["🎤🎤🎤 Join us!"]}),
    ],
)
def test_what_is_only_hard_to_read_is_a_hint(rule: str, others: dict) -> None:  # type: ignore[type-arg]
    parts = others.pop("parts", [QUESTION])
    assert rule in rules(*parts, **others)
    assert rule not in blocking(*parts, **others)


@pytest.mark.parametrize(
    "text",
    ["Join us! #LiveCaptions", "Join us! #EventTech 🎤", "Is #1 a hashtag?",
     "Read on: https://example.org/#live-captions"],
)  # fmt: skip
def test_a_readable_post_has_no_findings_about_its_form(text: str) -> None:
    assert not {rule for rule in rules(text) if rule.startswith(("form", "tags", "emoji"))}


def test_findings_point_into_the_whole_text_of_a_thread() -> None:
    parts = ["What do you think?", "Tell us {how}!"]
    (one,) = (one for one in found(*parts, network="x") if one["rule"] == "form.left")
    assert "\n\n".join(parts)[one["start"] : one["end"]] == "{how}"


def test_what_blocks_comes_first() -> None:
    blocks = [one["blocks"] for one in found("🎤🎤🎤 Join us, {name}! #livecaptionsforevents")]
    assert blocks == sorted(blocks, reverse=True)
    assert set(blocks) == {True, False}
