"""The web face stays light: what the agent thinks with is loaded when somebody needs it."""

import subprocess
import sys

HEAVY = ("langgraph", "numpy", "onnxruntime", "openai", "scipy", "sklearn", "chromadb")


def test_the_face_starts_without_the_models() -> None:
    code = "import sys, integrations.cli.face; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert set(HEAVY).isdisjoint(done.stdout.split())
