"""How far a job has come: a small file beside the output, so that a second run goes on."""

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from integrations.labelling.rows import LabelError


@dataclass
class Progress:
    """What is safely on the disk."""

    job: dict[str, Any]  # what must be the same for a second run to go on
    rows: int = 0
    labelled: int = 0
    written: int = 0  # bytes of the output, or finished parts of it
    troubles: Counter[str] = field(default_factory=Counter)
    done: bool = False

    def save(self, file: Path) -> None:
        """Write it down, whole or not at all."""
        durably(file, json.dumps(vars(self), indent=1).encode())


def load(file: Path, job: Mapping[str, Any]) -> Progress | None:
    """Return the progress of the same job; refuse to mix two jobs."""
    try:
        content = json.loads(file.read_text())
        known = Progress(**{**content, "troubles": Counter(content["troubles"])})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise LabelError(f"{file} is damaged; add --restart to begin anew") from error
    for name, value in job.items():
        if known.job.get(name) != value:
            raise LabelError(
                f"{file} belongs to another job: {name} was {known.job.get(name)!r} and is "
                f"{value!r} now; add --restart to begin anew"
            )
    return known


def durably(file: Path, content: bytes) -> None:
    """Replace a file so that after a crash it is either old or new."""
    draft = file.with_name(f"{file.name}.part")
    with draft.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(file)


def parts_of(out: Path) -> Path:
    """Return the folder of the parts of what will become a Parquet file."""
    return out.with_name(f"{out.name}.parts")
