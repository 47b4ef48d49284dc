"""Settings are read once; a bad value names its variable."""

from pathlib import Path

import pytest

from integrations.settings import SettingsError, read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIETHAND_MODEL", "gpt"),
        ("QUIETHAND_THREADS", "many"),
        ("QUIETHAND_MODEL_SECONDS", "0"),
    ],
)
def test_a_bad_value_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        read()


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    monkeypatch.setenv("QUIETHAND_MODEL_KEY_FILE", str(tmp_path / "key"))
    assert read().model_key.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(read())


def test_a_missing_secret_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUIETHAND_MODEL_KEY_FILE", str(tmp_path / "nothing"))
    with pytest.raises(SettingsError, match="QUIETHAND_MODEL_KEY_FILE"):
        read()
