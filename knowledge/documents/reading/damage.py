"""What the parsers of packed files raise on damaged ones, beside errors of their own."""

import struct
import zlib
from zipfile import BadZipFile

DAMAGED = (
    ArithmeticError, AssertionError, AttributeError, BadZipFile, EOFError, LookupError,
    NotImplementedError, OSError, RecursionError, RuntimeError, SyntaxError, TypeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip
