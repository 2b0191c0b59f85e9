"""Processes of Samtall for tests: real ones, that can be killed at any point, but with everything imported already.

Each is forked from one that has imported Django and every room, and connected to nothing; then it reads the settings of
its own environment. Starting Python anew takes longer than most of what such a process is there for. That a program
starts by itself is shown where it matters (test_command_line.py, test_worker.py).
"""

import importlib
import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from tempfile import NamedTemporaryFile
from typing import NamedTuple, TextIO

from django.conf import Settings, settings
from django.db import connections

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["samtall.config.prove.loaded", "samtall.config.urls", "tests.preloaded"])


class Process:
    """Python with these words after it (`-c CODE` or `-m MODULE …`), as `subprocess.Popen` would run it.

    What it prints can be read while it runs; `communicate` gives the rest of it, and what it said on stderr.
    """

    def __init__(self, environment: Mapping[str, str], *words: str) -> None:
        reader, writer = _CONTEXT.Pipe(duplex=False)
        self._errors = NamedTemporaryFile("r", suffix=".stderr")  # noqa: SIM115 - closed when it has been read
        self._process = _CONTEXT.Process(target=_within, args=(dict(environment), words, writer, self._errors.name))
        self._process.start()
        writer.close()
        self.stdout: TextIO = os.fdopen(os.dup(reader.fileno()))
        reader.close()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()

    def wait(self, timeout: float = 60) -> int:
        self._process.join(timeout)
        assert self._process.exitcode is not None, f"still running after {timeout} s"
        return self._process.exitcode

    def communicate(self, timeout: float = 60) -> tuple[str, str]:
        with self.stdout:
            out = self.stdout.read()
        self.wait(timeout)
        with self._errors:
            return out, self._errors.read()


class Done(NamedTuple):
    """How a process ended, and what it said."""

    returncode: int | None
    stdout: str
    stderr: str


def finish(environment: Mapping[str, str], *words: str) -> Done:
    """Let such a process run to its end."""
    process = Process(environment, *words)
    out, errors = process.communicate(timeout=300)
    return Done(process.returncode, out, errors)


def run(environment: Mapping[str, str], *words: str) -> str:
    """What such a process prints, which must end well."""
    done = finish(environment, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _within(environment: dict[str, str], words: tuple[str, ...], out: Connection, errors: str) -> None:
    """What the forked process does."""
    sys.stdout.flush()
    os.dup2(out.fileno(), 1)
    os.dup2(os.open(errors, os.O_WRONLY), 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    _read_the_settings()
    how, what, *arguments = words
    if how == "-c":
        sys.argv = ["-c", *arguments]
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
    else:
        sys.argv = [what, *arguments]
        runpy.run_module(what, run_name="__main__", alter_sys=True)


def _read_the_settings() -> None:
    """Those of this environment, in the place of those that everything was imported with."""
    module = importlib.import_module("samtall.config.settings")
    importlib.reload(module)
    settings._wrapped = Settings(module.__name__)
    for one in connections.all(initialized_only=True):
        del connections[one.alias]
    connections.settings = connections.configure_settings(settings.DATABASES)
