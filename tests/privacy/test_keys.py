"""The master key is made for the demo only, named when it is wrong, and changed without loss."""

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from integrations.keys import master_key, read_key
from integrations.settings import Settings, SettingsError, read
from integrations.store.sealing import written
from knowledge.brands.brand import Brand, load
from tests.privacy.safe import Safe, person

KIM = person(1)
DEMO = load("connectsphere")


@pytest.fixture
def safe(tmp_path: Path) -> Iterator[Safe]:
    one = Safe(tmp_path)
    yield one
    one.engine.dispose()


def own_brand(folder: Path) -> Brand:
    (folder / "brand.toml").write_text('name = "Somebody else"\n')
    return load(str(folder))


def test_the_demo_makes_its_key_once_and_says_so(tmp_path: Path) -> None:
    said: list[str] = []
    settings = Settings(data=tmp_path)
    first = master_key(settings, DEMO, "", said.append)
    assert master_key(settings, DEMO, first.id, said.append) == first
    assert len(said) == 1
    assert "QUIETHAND_MASTER_KEY_FILE" in said[0]
    assert stat.S_IMODE((tmp_path / "master.key").stat().st_mode) == 0o600


def test_many_houses_at_once_make_one_key(tmp_path: Path) -> None:
    said: list[str] = []
    with ThreadPoolExecutor(8) as houses:
        made = [
            houses.submit(master_key, Settings(data=tmp_path), DEMO, "", said.append)
            for _ in range(8)
        ]
        assert len({one.result().id for one in made}) == 1
    assert len(said) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["master.key"]


def test_another_brand_needs_a_key_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="quiethand keys new"):
        master_key(Settings(data=tmp_path / "data"), own_brand(tmp_path))
    assert not (tmp_path / "data").exists()


def test_another_brand_does_not_borrow_the_demo_key(tmp_path: Path) -> None:
    settings, brand, said = Settings(data=tmp_path / "data"), own_brand(tmp_path), list[str]()
    key = master_key(settings, DEMO)
    for locked in ("", "0123"):
        with pytest.raises(SettingsError, match="_FILE is not set"):
            master_key(settings, brand, locked, said.append)
    assert said == []
    assert master_key(settings, brand, key.id, said.append) == key
    assert len(said) == 1
    assert "keys rotate NEWFILE" in said[0]


def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"^{tmp_path}: Is a directory; make one"):
        read_key(tmp_path)
    (tmp_path / "master.key").write_bytes(b"\xff")
    with pytest.raises(SettingsError, match=r"master\.key: this is neither"):
        master_key(Settings(data=tmp_path), DEMO)


def test_a_demo_key_that_is_gone_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is gone"):
        master_key(Settings(data=tmp_path), DEMO, "0123")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["short", "aGVsbG8=", "zz" * 32, "ab" * 31, "€" * 40])
def test_a_bad_key_names_its_variable(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("QUIETHAND_MASTER_KEY", text)
    with pytest.raises(SettingsError, match="QUIETHAND_MASTER_KEY: ") as caught:
        master_key(read(), DEMO)
    assert text not in str(caught.value)


def test_a_bad_file_names_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    monkeypatch.setenv("QUIETHAND_MASTER_KEY_FILE", str(file))
    with pytest.raises(SettingsError, match="QUIETHAND_MASTER_KEY_FILE"):
        read()
    for content in (b"", b"\xff\xfe", b"nothing"):
        file.write_bytes(content)
        with pytest.raises(SettingsError, match="QUIETHAND_MASTER_KEY_FILE"):
            master_key(read(), DEMO)


@pytest.mark.parametrize("text", [written(bytes(range(32))), bytes(range(32)).hex().upper()])
def test_a_key_is_base64_or_hex(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("QUIETHAND_MASTER_KEY", f" {text}\n")
    assert master_key(read(), DEMO).secret == bytes(range(32))
    assert text not in repr(read())
