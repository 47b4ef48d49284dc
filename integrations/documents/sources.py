"""Find out what stands behind a path or an address."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from integrations.documents.archive import look_into_archive
from integrations.documents.folder import Sources, look_at_file, look_into, read_file
from integrations.documents.listing import Listing, SourceError, nothing

if TYPE_CHECKING:
    from integrations.documents.web import Fetches

ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
LISTS = (".txt", ".list", ".urls", ".xml", ".gz", "")  # endings of what may be a list of pages


def is_address(what: str) -> bool:
    """Say whether this is an address rather than a path."""
    return ADDRESS.match(what) is not None


def look(
    what: str, sources: Sources, most: int, outside: "Fetches | None", named: str = ""
) -> Listing:
    """List what can be read at a path or an address; a folder may have a root of its own name."""
    if is_address(what):
        return _address(what, most, outside)
    path = Path(os.path.realpath(what))
    if path.is_dir():
        return look_into(path, sources, most, named)
    if not path.is_file():
        return nothing(what, "there is no such file or folder")
    if path.suffix.lower() == ".zip":
        return look_into_archive(path, str(path), most)
    if (
        outside is not None
        and path.suffix.lower() in LISTS
        and (found := _list(path, most, outside))
    ):
        return found
    return look_at_file(path, sources, most)


def _address(what: str, most: int, outside: "Fetches | None") -> Listing:
    if outside is None:
        return nothing(what, "nothing is fetched from the network here")
    from integrations.documents.web import look_at_address

    return look_at_address(what, outside, most)


def _list(path: Path, most: int, outside: "Fetches") -> Listing | None:
    """Read a file as a list of pages, if it is one."""
    try:
        content = read_file(path, path.parent, most)
    except SourceError as error:
        return nothing(str(path), str(error))
    from integrations.documents.web import look_at_list

    return look_at_list(str(path), content, outside, most)
