"""Files packed in a zip; nothing is unpacked to the disk."""

import io
import stat
import zlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from integrations.documents.listing import (
    Broken,
    Entry,
    Listing,
    Raw,
    SourceError,
    check_size,
    nothing,
)

FILES = 20_000
UNPACKED = 4 * 1024**3  # bytes in all
RATIO = 200  # how much larger a file may become
SMALL = 1024 * 1024  # bytes that may be packed as tightly as they like

DAMAGED = (BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


def look_into_archive(archive: Path | bytes, root: str, most: int) -> Listing:
    """List the documents in a zip; an archive that would burst is refused as a whole."""
    try:
        packed = ZipFile(io.BytesIO(archive) if isinstance(archive, bytes) else archive)
    except DAMAGED as error:
        return nothing(root, f"is not a zip that can be opened: {error}")
    infos = [info for info in packed.infolist() if not info.is_dir()]
    if reason := _bomb(infos):
        packed.close()
        return nothing(root, reason)
    named = {PurePosixPath(info.filename.replace("\\", "/")): info for info in reversed(infos)}
    listing = Listing(root, close=packed.close)
    listing.skipped = len(infos) - len(named)  # of two with one name the first counts
    for path in sorted(named):
        _list(path, named[path], packed, most, listing)
    if not listing.entries:
        listing.broken.append(Broken(root, "holds no document that can be read"))
        listing.whole = False
    return listing


def _bomb(infos: list[ZipInfo]) -> str:
    """Say why an archive is dangerous, if it is."""
    if len(infos) > FILES:
        return f"holds {len(infos):,} files; {FILES:,} is the limit"
    if (total := sum(info.file_size for info in infos)) > UNPACKED:
        return (
            f"would unpack to {total / 1024**3:,.0f} GB; {UNPACKED / 1024**3:.0f} GB is the limit"
        )
    for info in infos:
        if info.file_size > max(SMALL, RATIO * info.compress_size):
            return f"looks like a zip bomb: {info.filename} grows more than {RATIO} times"
    return ""


def _list(path: PurePosixPath, info: ZipInfo, packed: ZipFile, most: int, listing: Listing) -> None:
    if reason := _refused(path, info):
        listing.broken.append(Broken(str(path), reason))
    elif path.suffix.lower() not in _known() or _hidden(path):
        listing.skipped += 1
    else:
        listing.entries.append(Entry(str(path), partial(_read, path, info, packed, most)))


def _hidden(path: PurePosixPath) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def _refused(path: PurePosixPath, info: ZipInfo) -> str:
    if path.is_absolute() or ".." in path.parts or str(path)[1:2] == ":":
        return "has a name that leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link; pack the file itself"
    if info.flag_bits & 0x1:
        return "is protected by a password; pack it without one"
    if path.suffix.lower() == ".zip":
        return "is a zip inside a zip; unpack it first"
    return ""


def _read(path: PurePosixPath, info: ZipInfo, packed: ZipFile, most: int) -> Raw:
    check_size(info.file_size, most)
    try:
        with packed.open(info) as file:
            content = file.read(most + 1)
            check_size(len(content), most)
            file.read(1)  # the end is where a wrong checksum shows
    except DAMAGED as error:
        raise SourceError(f"is damaged: {error}") from error
    return Raw(str(path), content)


def _known() -> Iterable[str]:
    from knowledge.documents.reading.formats import KNOWN

    return KNOWN
