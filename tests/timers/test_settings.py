"""What a brand may settle about conversations that people have, and what it is told otherwise."""

from pathlib import Path

import pytest

from knowledge.brands.brand import BrandError, Settings, load


def opened(folder: Path, text: str) -> Settings:
    (folder / "brand.toml").write_text(f'name = "Shop"\n{text}\n')
    return load(str(folder)).settings


@pytest.mark.parametrize(
    ("said", "live", "others"),
    [("60", 60, 60), ("{ live = 10, default = 240 }", 10, 240), ("{ live = 10 }", 10, 0)],
)
def test_a_promise_is_for_all_or_by_team(
    tmp_path: Path, said: str, live: float, others: float
) -> None:
    sla = opened(tmp_path, f"[sla]\nfirst_answer_minutes = {said}").sla
    assert (sla.minutes("live"), sla.minutes("support")) == (live, others)


def test_nothing_is_promised_or_handed_back_unless_it_is_settled(tmp_path: Path) -> None:
    settings = opened(tmp_path, "")
    assert (settings.sla.minutes("support"), settings.handoff.return_after_hours) == (0, 0)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[sla]\nfirst_answer_minutes = -1", r"sla\.first_answer_minutes\.default: .* 0"),
        ("[sla]\nfirst_answer_minutes = 'soon'", r":3: sla\.first_answer_minutes: .*dictionary"),
        ("[handoff]\nreturn_after_hours = -1", r":3: handoff\.return_after_hours: .* 0"),
        ("[handoff]\nreturn_hours = 1", r":3: handoff\.return_hours: Extra"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(BrandError, match=complaint):
        opened(tmp_path, text)
