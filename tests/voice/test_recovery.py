"""Rules that were planted in sixty edits are found again, and hardly any others."""

import random
from collections import Counter

import pytest

from knowledge.voice.learning.edits import LEAST, Edit, Proposal
from knowledge.voice.learning.mining import mine
from tests.voice.planting import EVERY, chosen, edits

PLANTED = 10
BAR = 0.9


def learned(seed: int) -> tuple[list[str], list[str], list[Proposal]]:
    """Return what was planted, what of it was not found, and what was found."""
    names = chosen(random.Random(seed), PLANTED)
    found = mine(edits(names, seed))
    return names, [n for n in names if not any(EVERY[n].finds(p.rule) for p in found)], found


def strangers(names: list[str], found: list[Proposal]) -> list[str]:
    """Return rules that nobody planted."""
    return [p.rule.says for p in found if not any(EVERY[n].finds(p.rule) for n in names)]


@pytest.mark.parametrize("seeds", [range(3), pytest.param(range(3, 43), marks=pytest.mark.slow)])
def test_nine_of_ten_planted_rules_are_found_and_hardly_any_other(seeds: range) -> None:
    missed, others, planted = Counter[str](), Counter[str](), 0
    for seed in seeds:
        names, lost, found = learned(seed)
        planted += len(names)
        missed.update(lost)
        others.update(strangers(names, found))
        assert all(one.support >= LEAST for one in found)
    assert missed.total() <= (1 - BAR) * planted, missed
    assert others.total() <= len(seeds), others


def test_sixty_edits_without_a_habit_teach_nothing() -> None:
    rng = random.Random(5)
    vocabulary = " ".join(one.before for one in edits([], 1)).replace(".", "").lower().split()
    changed = [noisy(rng, one, vocabulary) for one in edits([], 7)]
    assert mine(changed) == []


def noisy(rng: random.Random, edit: Edit, vocabulary: list[str]) -> Edit:
    """Return an edit in which two words are others, or gone."""
    words = edit.after.split()
    words[rng.randrange(1, len(words))] = rng.choice(vocabulary)
    del words[rng.randrange(1, len(words) - 1)]
    return Edit(edit.id, edit.before, " ".join(words))
