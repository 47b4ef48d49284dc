"""The file of a backup: one archive that says what is in it, with a checksum for each part."""

import io
import json
import os
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import Any

from integrations.store.trouble import StoreError

FORMAT = 1
MANIFEST, DATABASE, CHANNELS, ERASURES = (
    "manifest.json", "database.sqlite", "channels.toml", "erasures.json",
)  # fmt: skip
ARTICLES = "articles"
LARGEST = 4_000_000  # bytes of a manifest


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, of what, and what it does not hold."""

    made_at: str
    version: str  # of Quiethand
    schema: str  # of the database
    brand: str
    brand_folder: str  # a reference; the folder itself is yours to keep
    brand_digest: str  # of its brand.toml
    key: str  # id of the master key that opens it; never the key
    left_out: list[str]
    files: dict[str, dict[str, Any]] = field(default_factory=dict)  # sha256 and bytes
    format: int = FORMAT


def pack(folder: Path, manifest: Manifest, out: Path) -> Manifest:
    """Write a folder's files into a new archive, in one step, for its owner's eyes only."""
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    sums = {one.relative_to(folder).as_posix(): _summed(one) for one in files}
    whole = Manifest(**{**asdict(manifest), "files": sums})
    fresh = out.with_name(f".{out.name}.part")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
            _add_text(archive, MANIFEST, json.dumps(asdict(whole), indent=2) + "\n")
            for name in sums:
                archive.add(folder / name, name, filter=_nameless)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
    return whole


def unpack(file: Path, folder: Path) -> Manifest:
    """Take an archive apart into a folder; refuse what is not exactly what its manifest says."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            members = iter(archive)
            manifest = _manifest(file, archive, next(members, None))
            for member in members:
                if member.name not in manifest.files or not member.isreg():
                    raise StoreError(f"{file}: {member.name!r} is not in its manifest.")
                _take(archive, member, _place(file, folder, member.name))
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise StoreError(f"{file} is damaged ({type(error).__name__}).") from error
    for name, expected in manifest.files.items():
        place = folder / name
        if not place.is_file() or _summed(place) != expected:
            raise StoreError(f"{file}: {name} is not what was stored; the file is damaged.")
    return manifest


def _manifest(file: Path, archive: tarfile.TarFile, member: tarfile.TarInfo | None) -> Manifest:
    if member is None or member.name != MANIFEST or member.size > LARGEST:
        raise StoreError(f"{file} is no backup of Quiethand.")
    stream = archive.extractfile(member)
    try:
        given: Mapping[str, Any] = json.loads(stream.read() if stream else b"")
        if given["format"] > FORMAT:
            raise StoreError(f"{file} was made by a newer Quiethand ({given['version']}).")
        return Manifest(**given)
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{file} is no backup of Quiethand.") from error


def _place(file: Path, folder: Path, name: str) -> Path:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts:
        raise StoreError(f"{file}: {name!r} leads out of the backup.")
    return folder.joinpath(*parts.parts)


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = archive.extractfile(member)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while source and (part := source.read(2**20)):
            target.write(part)


def _summed(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        return {"sha256": file_digest(stream, "sha256").hexdigest(), "bytes": file.stat().st_size}


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(text.encode()), 0o600
    archive.addfile(member, io.BytesIO(text.encode()))


def _nameless(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out whose files they were."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
