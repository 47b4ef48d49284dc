"""What is usual in a library, so that what is special about a question stands out.

Most articles of one help centre resemble each other: they share the product's name and its
few themes. Whitening takes what all share out of the vectors.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

SHRINK = 0.5  # of the way from the directions as they are to all directions alike
SAMPLE = 2000  # passages looked at


@dataclass(frozen=True)
class Background:
    """The mean and the whitening of a library."""

    mean: Matrix
    whitening: Matrix

    @classmethod
    def of(cls, wholes: Matrix, headings: Matrix) -> "Background":
        """Learn from vectors."""
        both = np.concatenate([wholes, headings])
        mean = both.mean(axis=0)
        spread = (both - mean).T @ (both - mean) / len(both)
        values, directions = np.linalg.eigh(spread)
        scale = 1 / np.sqrt(np.maximum(values, 0) + SHRINK * values.mean() + 1e-6)
        return cls(mean, np.asarray(directions * scale @ directions.T, np.float32))

    def white(self, vectors: Matrix) -> Matrix:
        """Take out what all share, so that what is left can be compared."""
        moved = (vectors - self.mean) @ self.whitening
        length = np.linalg.norm(moved, axis=-1, keepdims=True)
        return np.asarray(moved / np.maximum(length, 1e-9), np.float32)
