"""What the files for deploying name exists: commands, options, settings, folders, numbers."""

import re
import shlex
import shutil
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import pytest
import typer
import yaml
from sqlalchemy.engine import make_url

from integrations.cli.main import app
from integrations.service.numbers import COUNTERS, HISTOGRAMS, QUEUES
from integrations.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "integrations" / "deploy"
FILES = sorted(file for file in FOLDER.iterdir() if file.is_file())
COMMANDS: Any = typer.main.get_command(app)
PORT = "8321"


def text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text("compose.yaml"))
    return found


def parsed(words: list[str]) -> None:
    """Have the program read a command line; a wrong word or option raises."""
    command, context = COMMANDS, click.Context(COMMANDS)
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found, words
        command, words = found, words[1:]
    command.make_context("quiethand", [*words])


def test_there_are_the_files_that_the_readme_names() -> None:
    assert {file.name for file in FILES} == {
        "Containerfile", "README.md", "compose.yaml", "quiethand.service",
    }  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    names = set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", file.read_text(encoding="utf-8")))
    assert names
    assert names <= {f"{PREFIX}{field}".upper() for field in Settings.model_fields}


@pytest.mark.parametrize("service", ["serve", "worker"])
def test_the_commands_of_the_containers_are_read(service: str) -> None:
    parsed(compose()["services"][service]["command"])


def test_the_commands_of_the_image_and_the_unit_are_read() -> None:
    (started,) = re.findall(r"^ExecStart=\S+/quiethand (.+)$", text("quiethand.service"), re.M)
    parsed(shlex.split(started))
    (words,) = re.findall(r"^CMD (\[.+\])$", text("Containerfile"), re.M)
    parsed(yaml.safe_load(words))


def test_the_commands_of_the_readme_are_read() -> None:
    said = re.findall(r"(?:`| serve |bin/|--rm )quiethand ([a-z][^`\n>]*)", text("README.md"))
    assert len(said) > 8
    for words in said:
        parsed([word for word in shlex.split(words) if word != ")"])


def test_numbers_that_alerts_ask_for_are_told() -> None:
    asked = set(re.findall(r"quiethand_[a-z_]+", text("README.md")))
    queues = {f"quiethand_{table.name}_age_seconds" for table in QUEUES}
    told = {*COUNTERS, *HISTOGRAMS, *queues, "quiethand_dead_letters", "quiethand_waiting"}
    assert len(asked) > 5
    assert asked <= told


def test_the_image_has_every_folder_and_a_python_that_fits() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    copied = {one[0] for one in re.findall(r"^COPY (\w+) (\w+)$", text("Containerfile"), re.M)}
    assert copied == set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    for line in re.findall(r"^COPY ([^-\n]+) \./$", text("Containerfile"), re.M):
        assert all((ROOT / name).is_file() for name in line.split())
    (python,) = set(re.findall(r"python:(\d\.\d+)-slim", text("Containerfile")))
    assert project["project"]["requires-python"] == ">=3.11,<3.14"
    assert (3, 11) <= tuple(map(int, python.split("."))) < (3, 14)


def test_nothing_runs_as_root_or_listens_to_strangers() -> None:
    assert re.findall(r"^USER (.+)$", text("Containerfile"), re.M) == ["10001"]
    services = compose()["services"]
    ports = [port for one in services.values() for port in one.get("ports", [])]
    assert ports == [f"127.0.0.1:{PORT}:{PORT}"]
    assert all(services[name]["cap_drop"] == ["ALL"] for name in ("serve", "worker"))
    assert "DynamicUser=yes" in text("quiethand.service")


def test_the_containers_fit_together() -> None:
    found = compose()
    for service in found["services"].values():
        assert set(service.get("secrets", [])) <= set(found["secrets"])
        named = {one.partition(":")[0] for one in service.get("volumes", [])}
        assert named <= set(found["volumes"])
        assert set(service.get("depends_on", {})) <= set(found["services"])
    url = re.search(r'echo "(postgresql://[^"]+)"', text("README.md"))
    assert url
    address = make_url(re.sub(r"\$\([^)]*\)", "x", url[1]))
    made = found["services"]["database"]["environment"]
    assert (address.host, address.username, address.database) == (
        "database", made["POSTGRES_USER"], made["POSTGRES_DB"],
    )  # fmt: skip
    chroma = found["services"]["chroma"]["image"].rpartition(":")[2]
    assert chroma.split(".")[:2] == version("chromadb").split(".")[:2]


def test_the_default_port_is_the_one_in_the_files() -> None:
    up = COMMANDS.get_command(click.Context(COMMANDS), "up")
    (port,) = [one.default for one in up.params if one.name == "port"]
    assert str(port) == PORT
    assert f"EXPOSE {PORT}" in text("Containerfile")
    assert f"127.0.0.1:{PORT}/healthz" in text("Containerfile")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "quiethand.service"
    unit.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text("quiethand.service")))
    command = ["systemd-analyze", "verify", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
