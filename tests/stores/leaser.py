"""A process that works on the inbox until it is empty: PLACE FILE."""

import asyncio
import json
import sys
import time
from pathlib import Path

from pydantic import SecretStr

from integrations.store.places import Place, Server
from tests.stores.traffic import later, opened


def main(where: str, file: str) -> None:
    """Write down what was leased and when."""
    place: Place = Server(SecretStr(where), "shop") if "://" in where else Path(where)
    open_, idle = opened(place, later(hours=1)), 0
    with Path(file).open("w") as log:
        while idle < 20:
            leased = open_.lease(file)
            if leased is None:
                idle += 1
                time.sleep(0.01)
                continue
            began, idle = time.time(), 0
            time.sleep(0.003)
            first = leased.arrivals[0]
            row = {"conversation": first.conversation, "text": first.text}
            log.write(json.dumps({**row, "began": began, "ended": time.time()}) + "\n")
            asyncio.run(open_.inbox.done(leased))
    open_.engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
