"""Import what a worker needs, once, and fork workers: see ``integrations/service/nursery.py``."""

import gc
import signal
import socket
import sys

signal.signal(signal.SIGINT, signal.SIG_DFL)  # without a word: our parent has one
gc.set_threshold(100_000)  # imports make many objects and hardly any garbage

import agents.redaction.engine  # noqa: E402, F401 - else imported when it is first needed
from integrations.cli.worker import live  # noqa: E402
from integrations.service import hands  # noqa: E402, F401 - the same
from integrations.service.nursery import nurse  # noqa: E402

if __name__ == "__main__":
    gc.freeze()  # or each worker would copy it all when it first looks for garbage
    with socket.socket(fileno=int(sys.argv[1])) as door:
        nurse(door, live)
