"""Turn what an operator can mend into one line on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

FRIENDLY = (
    "BrandError", "ExamplesError", "DocumentError", "SettingsError", "StoreError", "EncoderError",
    "StaleDecision", "Missing", "LabelError", "BenchError", "Conflict", "PeopleError", "NotChecked",
)  # fmt: skip


@contextmanager
def friendly() -> Iterator[None]:
    """Print a mistake as a line; the names are compared so that nothing is imported for it."""
    try:
        yield
    except BrokenPipeError:  # whoever read our output has gone
        sys.stderr.close()
        sys.exit(141)
    except OSError as error:
        sys.stderr.write(f"{error.filename or ''}: {error.strerror or error}\n")
        sys.exit(2)
    except Exception as error:
        if type(error).__name__ not in FRIENDLY:
            raise
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        sys.exit(130)
