"""A Postgres of the tests' own, from this machine's programs: started once, gone afterwards."""

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from integrations.store.database import open_database
from integrations.store.places import Server

PASSWORD = "of-the-tests"
FOLDERS = ("/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt")
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")


def programs() -> Path:
    """Return the folder with pg_ctl, or skip."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    places = [place for folder in FOLDERS for place in Path(folder).glob("*/bin/pg_ctl")]
    if not places:
        pytest.skip("no Postgres on this machine; Debian's package is called postgresql")
    return max(places, key=_number).parent


class Postgres:
    """A server that runs, with as many databases as tests want."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._made, self._model = itertools.count(1), ""

    def url(self, database: str = "postgres", password: str = PASSWORD) -> SecretStr:
        """Return an address as a person would set it."""
        return SecretStr(f"postgresql://postgres:{password}@127.0.0.1:{self.port}/{database}")

    def empty(self, schema: str = "shop") -> Server:
        """Return a place where nothing is yet."""
        name = f"empty{next(self._made)}"
        self.run(f"CREATE DATABASE {name}")
        return Server(self.url(name), schema)

    def ready(self) -> Server:
        """Return a place at the newest schema, quickly: it is copied."""
        if not self._model:
            model = self.empty()
            open_database(model).dispose()
            self._model = str(model.url.get_secret_value().rpartition("/")[2])
        name = f"ready{next(self._made)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {self._model}")
        return Server(self.url(name), "shop")

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run a statement outside of any transaction."""
        address = self.url(database).get_secret_value()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def started() -> Iterator[Postgres]:
    """Start a server on a free port of loopback."""
    server = _Server(programs(), Path(tempfile.mkdtemp(prefix="quiethand-postgres-")))
    with server.gone_with_us():
        server.make()
        server.start()
        yield Postgres(server.port)


def _number(place: Path) -> int:
    digits = "".join(one for one in place.parts[-3] if one.isdigit())
    return int(digits or 0)


class _Server:
    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._data, self._folder = programs, folder / "data", folder
        self._user = "nobody" if os.geteuid() == 0 else None  # Postgres refuses to be root
        self.port = _free_port()

    @contextmanager
    def gone_with_us(self) -> Iterator[None]:
        """Stop it and delete its files at the end, also when these tests are killed."""
        if self._user:
            shutil.chown(self._folder, self._user)
        stop = f"{self._programs / 'pg_ctl'} stop -m immediate -D {self._data}"
        script = f"read _; {stop} >/dev/null 2>&1; rm -rf {self._folder}"
        watch = subprocess.Popen(["sh", "-c", script], stdin=subprocess.PIPE, user=self._user,
                                 cwd="/", start_new_session=True)  # fmt: skip
        try:
            yield
        finally:
            watch.communicate()  # it reads to the end, which also comes when we die

    def make(self) -> None:
        """Make its files; texts are ordered as people do, which ours must not care about."""
        secret = self._folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)  # in a folder that only its owner enters
        locale = ("--locale-provider=icu", "--icu-locale=en-US", "--encoding=UTF8")
        self._call("initdb", "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={secret}", *locale)

    def start(self) -> None:
        """Let it listen on its port, and nowhere else."""
        options = [f"-c {one}" for one in (*QUICK, "listen_addresses=127.0.0.1")]
        options += [f"-p {self.port}", "-c unix_socket_directories="]
        log = str(self._folder / "log")
        self._call("pg_ctl", "-w", "-l", log, "-o", " ".join(options), "start")

    def _call(self, program: str, *words: str) -> None:
        command = [str(self._programs / program), "-D", str(self._data), *words]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=self._folder, user=self._user
        )
        assert done.returncode == 0, done.stderr or done.stdout


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
