"""Files and functions stay small enough to read in one sitting."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ["agents", "tools", "prompts", "knowledge", "integrations", "evals", "tests"]
FILES = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]
LINES, FUNCTION = 220, 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_file_and_its_functions_are_short(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= LINES
    if "migrations" in file.parts:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno < FUNCTION, node.name
