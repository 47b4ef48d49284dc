"""An arrival as bytes, to be sealed."""

import json
from dataclasses import asdict
from datetime import datetime

from integrations.channels.contract import Arrival, Attachment


def packed(arrival: Arrival) -> bytes:
    """Write an arrival down."""
    return json.dumps({**asdict(arrival), "at": arrival.at.isoformat(), "identity": ""}).encode()


def unpacked(data: bytes) -> Arrival:
    """Read it again."""
    row = json.loads(data)
    files = tuple(Attachment(**one) for one in row.pop("attachments"))
    return Arrival(**{**row, "at": datetime.fromisoformat(row["at"])}, attachments=files)
