"""Count word and character n-grams into a fixed number of hashed buckets."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import scipy.sparse as sp

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Floats = NDArray[np.float32]

_TOKEN = re.compile(r"\w+|[^\w\s]+")
_SPACE = np.uint32(ord(" "))
_BASE = np.uint64(0x9E3779B97F4A7C15)
_CHARACTER_SIZES = range(2, 6)
_WORD, _PAIR = np.uint64(101), np.uint64(102)
_LONGEST_TOKEN = 64
# What is left of the posts at a time: sorting stays in the processor's cache.
_CHUNK = 512


class Grams(NamedTuple):
    """One row a text, of which only what is not zero is kept."""

    values: Floats
    columns: NDArray[np.int32]
    edges: NDArray[np.int32]  # where each row begins, and where the last one ends
    buckets: int

    def times(self, weights: Floats) -> Floats:
        """Return the product of the rows and a matrix."""
        if len(self.edges) == 2:  # one text, for which nothing more is imported
            return np.asarray(self.values @ weights[self.columns])[None, :]
        return np.asarray(self.sparse() @ weights)

    def sparse(self) -> "sp.csr_array":
        """Return the rows as SciPy knows them."""
        import scipy.sparse as sp

        shape = (len(self.edges) - 1, self.buckets)
        return sp.csr_array((self.values, self.columns, self.edges), shape=shape)


def hashed(texts: Sequence[str], buckets: int = 2**16) -> Grams:
    """Return one row a text: sub-linear counts of hashed n-grams, each row of length one."""
    if len(texts) == 1:
        return _counted(_hashes(texts[0]), np.int64(0), 1, buckets)
    return _joined(
        [_rows(texts[i : i + _CHUNK], buckets) for i in range(0, len(texts), _CHUNK)], buckets
    )


def _joined(parts: Sequence[Grams], buckets: int) -> Grams:
    """Put rows below each other."""
    starts = np.cumsum([0, *(len(part.values) for part in parts)])
    edges = [part.edges[1:] + start for part, start in zip(parts, starts, strict=False)]
    return Grams(
        np.concatenate([np.empty(0, np.float32), *(part.values for part in parts)]),
        np.concatenate([np.empty(0, np.int32), *(part.columns for part in parts)]),
        np.concatenate([[0], *edges]).astype(np.int32),
        buckets,
    )


@lru_cache(maxsize=64)  # the mood and the wishes of a message are both read from its n-grams
def _hashes(text: str) -> Numbers:
    return _grams([text])[0]


def _rows(texts: Sequence[str], buckets: int) -> Grams:
    hashes, owners = _grams(texts)
    return _counted(hashes, owners, len(texts), buckets)


def _grams(texts: Sequence[str]) -> tuple[Numbers, Places]:
    """Hash all n-grams, and say which text each belongs to."""
    padded = [f" {' '.join(_TOKEN.findall(text.lower()))} " for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "replace"), dtype=np.uint32)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in padded])
    found = [*_character_grams(codes, owners), *_word_grams(codes, owners)]
    hashes = _mixed(np.concatenate([h for h, _ in found]))
    return hashes, np.concatenate([o for _, o in found])


def _counted(hashes: Numbers, owners: Places | np.int64, height: int, buckets: int) -> Grams:
    columns = (hashes % np.uint64(buckets)).astype(np.int64)
    keys, counts = np.unique(owners * buckets + columns, return_counts=True)
    return _matrix(keys, counts, height, buckets)


def _matrix(keys: Places, counts: Places, height: int, buckets: int) -> Grams:
    values = 1.0 + np.log(counts)
    rows = keys // buckets
    lengths = np.sqrt(np.bincount(rows, values**2, minlength=height))
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=height))])
    shares: Floats = (values / lengths[rows]).astype(np.float32)
    columns, edges = (keys % buckets).astype(np.int32), starts.astype(np.int32)
    return Grams(shares, columns, edges, buckets)


def _character_grams(codes: NDArray[np.uint32], owners: Places) -> list[tuple[Numbers, Places]]:
    """Hash the runs of 2 to 5 characters that lie within one padded token."""
    gap = codes == _SPACE
    rolling = codes.astype(np.uint64)
    inner = np.zeros(len(codes), dtype=bool)  # a gap strictly inside the run
    found = []
    for size in _CHARACTER_SIZES:
        reach = len(codes) - size + 1
        if reach <= 0:
            break
        rolling = rolling[:reach] * _BASE + codes[size - 1 :]
        inner = inner[:reach] | gap[size - 2 : size - 2 + reach] if size > 2 else inner[:reach]
        kept = ~inner
        if size == 2:
            kept &= ~(gap[:reach] & gap[1:])
        found.append((rolling[kept] + np.uint64(size), owners[:reach][kept]))
    return found


def _word_grams(codes: NDArray[np.uint32], owners: Places) -> list[tuple[Numbers, Places]]:
    """Hash the single tokens and the pairs of neighbours in one text."""
    gap = codes == _SPACE
    starts = np.flatnonzero(gap[:-1] & ~gap[1:]) + 1
    if not len(starts):
        return []
    places = np.arange(len(codes)) - np.repeat(
        np.concatenate([[0], starts]), np.diff(np.concatenate([[0], starts, [len(codes)]]))
    )
    powers = np.cumprod(np.full(_LONGEST_TOKEN, _BASE, dtype=np.uint64))
    weighted = np.where(gap, 0, codes) * powers[np.minimum(places, _LONGEST_TOKEN - 1)]
    words = _mixed(np.add.reduceat(weighted, starts))
    texts = owners[starts]
    same = texts[1:] == texts[:-1]
    pairs = words[:-1] * _BASE + words[1:]
    return [(words + _WORD, texts), (pairs[same] + _PAIR, texts[1:][same])]


def _mixed(numbers: Numbers) -> Numbers:
    """Spread every input bit over the whole number, as splitmix64 ends."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
