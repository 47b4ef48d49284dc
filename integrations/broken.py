"""What broke and where, for logs and rows; never an error's message, which may quote somebody."""

import traceback


def broken(error: BaseException) -> str:
    """Name the error and the line of code."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    said = getattr(error, "orig", None)  # a database has names for what it refuses
    code = getattr(said, "sqlite_errorname", "") or getattr(said, "sqlstate", "")
    name = f"{type(error).__name__} {code}" if code else type(error).__name__
    return f"{name} at {where.filename.rpartition('/')[2]}:{where.lineno}"
