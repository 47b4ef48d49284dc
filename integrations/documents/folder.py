"""Files and folders on the disk."""

import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from integrations.documents.listing import Broken, Entry, Listing, Raw, SourceError, check_size

Sources = Callable[[str], Iterable[str]]


def look_at_file(file: Path, sources: Sources, most: int) -> Listing:
    """List one file below the root that knows it, or below its folder."""
    root = _root(file, sources) or file.parent
    return Listing(str(root), [_entry(file, root, most)], whole=False)


def look_into(folder: Path, sources: Sources, most: int, named: str = "") -> Listing:
    """List a folder with all below it; hidden files and unknown formats are counted only.

    A root with a name of its own is found again wherever its folder lies, and may be empty.
    """
    root = folder if named else _root(folder, sources) or folder
    listing = Listing(named or str(root), within=_below(folder, root))
    waiting = [folder]
    while waiting:
        waiting += _visit(waiting.pop(), root, most, listing)
    if not listing.entries and not named:
        formats = ", ".join(sorted(_known()))
        listing.broken.append(Broken(str(folder), f"holds no document; the formats are {formats}"))
        listing.whole = False
    listing.entries.sort(key=lambda entry: entry.source)
    listing.folders.pop(listing.root, None)
    return listing


def read_file(file: Path, root: Path, most: int) -> bytes:
    """Read a file that lies below a root and is not too big."""
    try:
        real = Path(os.path.realpath(file, strict=True))
        if not real.is_relative_to(root):
            raise SourceError("is a link out of its folder; put the file itself there")
        with real.open("rb") as handle:
            check_size(os.fstat(handle.fileno()).st_size, most)
            content = handle.read(most + 1)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}") from error
    check_size(len(content), most)  # it may have grown
    return content


def _root(path: Path, sources: Sources) -> Path | None:
    """Return the nearest folder that was read before and held this path."""
    folders = [path, *path.parents] if path.is_dir() else path.parents
    for folder in folders:
        below = path.relative_to(folder).as_posix()
        known = sources(str(folder))
        if any(below in (".", one) or one.startswith(f"{below}/") for one in known):
            return folder
    return None


def _below(folder: Path, root: Path) -> str:
    """Return what the sources in a folder begin with."""
    return "" if folder == root else f"{folder.relative_to(root).as_posix()}/"


def _visit(folder: Path, root: Path, most: int, listing: Listing) -> list[Path]:
    """Add a folder's files to a listing; return the folders in it."""
    listing.folders[str(folder)] = _below(folder, root)
    try:
        with os.scandir(folder) as found:
            children = sorted(found, key=lambda child: child.name)
    except OSError as error:
        _refuse(folder, root, f"cannot be opened: {error.strerror or error}", listing)
        listing.whole = False
        return []
    if any(child.name == "brand.toml" for child in children):  # its articles come in by themselves
        children = [child for child in children if child.name != "documents"]
        listing.skipped += 1
    return [Path(child.path) for child in children if _is_folder(child, root, most, listing)]


def _is_folder(child: os.DirEntry[str], root: Path, most: int, listing: Listing) -> bool:
    """Say whether this is a folder to visit; a file is listed at once."""
    path = Path(child.path)
    if child.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
        _refuse(path, root, "is a link out of its folder; put the file itself there", listing)
    elif child.name.startswith("."):
        listing.skipped += 1
    elif child.is_dir(follow_symlinks=False):
        return True
    elif path.suffix.lower() in _known() and os.path.isfile(path):  # noqa: PTH113 (links in a circle)
        _add(path, root, most, listing)
    else:
        listing.skipped += 1
    return False


def _add(path: Path, root: Path, most: int, listing: Listing) -> None:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        _refuse(path, root, "has a name that is not text; give it another one", listing)
        return
    listing.entries.append(_entry(path, root, most))


def _refuse(path: Path, root: Path, reason: str, listing: Listing) -> None:
    name = path.relative_to(root).as_posix()
    listing.broken.append(Broken(name.encode(errors="replace").decode(), reason))


def _entry(file: Path, root: Path, most: int) -> Entry:
    source = file.relative_to(root).as_posix()
    return Entry(source, partial(_raw, source, file, root, most))


def _raw(source: str, file: Path, root: Path, most: int) -> Raw:
    return Raw(source, read_file(file, root, most))


def _known() -> Iterable[str]:
    from knowledge.documents.reading.formats import KNOWN

    return KNOWN
