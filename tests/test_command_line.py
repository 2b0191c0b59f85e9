"""The command `samtall`: its language, its refusals, and a server that starts."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from samtall.config import command_line

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "nb"),
        ({"LANG": "nn_NO.UTF-8"}, "nn"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "nb_NO"}, "nb"),
        ({"LANG": "C.UTF-8"}, "nb"),
        ({"LANG": "de_DE.UTF-8"}, "nb"),
    ],
)
def test_the_environment_chooses_the_language_or_else_it_is_bokmaal(environment: dict[str, str], language: str) -> None:
    assert command_line.language_of(environment) == language


def test_a_refusal_is_one_line_on_stderr(taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--language", "en", "run", "--port", str(taken_port)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"Port {taken_port} is taken by another program.")
    assert printed.err.count("\n") == 1
    assert "make run PORT=" in printed.err


@pytest.mark.parametrize("port", ["0", "65536", "http", "٨٠٨٠"])
def test_what_is_not_a_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command_line.main(["run", "--port", port])
    assert stopped.value.code == 2
    assert "is not a port" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_database_in_order_is_said_to_be_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--language", "en", "check"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Settings, database and the ledger's guards are in order."


def samtall(*words: str, data: Path) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-c", "import sys; from samtall.config.command_line import main; sys.exit(main())", *words],
        env=environment | {"SAMTALL_DATA": str(data), "SAMTALL_DEMONSTRATION": "0", "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_database_that_is_not_made_yet_is_refused_in_clear_words(tmp_path: Path) -> None:
    process = samtall("--language", "en", "verify", data=tmp_path)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (1, "The database is not up to date. Run: samtall migrate\n")


def test_a_database_to_be_served_as_it_is_must_be_up_to_date(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = samtall("--language", "en", "run", "--as-is", "--port", str(port), data=tmp_path)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (1, "The database is not up to date. Run: samtall migrate\n")


def test_a_setting_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAMTALL_MAIL_PORT", "many")
    process = samtall("check", data=tmp_path)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "SAMTALL_MAIL_PORT" in errors
    assert errors.count("\n") == 1


def test_it_makes_its_database_says_where_it_is_and_serves(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = samtall("--language", "en", "run", "--port", str(port), data=tmp_path)
    try:
        assert process.stdout is not None
        box = [process.stdout.readline() for _ in range(5)]
        assert f"│ Samtall is running: http://127.0.0.1:{port}/ │\n" == box[2]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
