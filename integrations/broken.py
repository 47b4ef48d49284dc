"""What broke and where, for logs and rows; never an error's message, which may quote somebody."""

import traceback


def broken(error: BaseException) -> str:
    """Name the error and the line of code."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {where.filename.rpartition('/')[2]}:{where.lineno}"
