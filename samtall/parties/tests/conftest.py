"""An installation of its own on disk, for what must be seen from outside: other processes, killed ones, files."""

import os
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.processes import Process

SETTING_UP = "import django, os; django.setup(); from django.conf import settings\n"


@dataclass
class Installation:
    data: Path

    def start(self, code: str) -> Process:
        """Run Python code in a process of its own, with Django set up."""
        environment = {**os.environ, "SAMTALL_DATA": str(self.data)}
        environment.pop("DATABASE_URL", None)
        return Process(environment, "-c", SETTING_UP + textwrap.dedent(code))

    def python(self, code: str) -> str:
        """Run Python code to its end; what it printed."""
        process = self.start(code)
        out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        return out


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    there = Installation(tmp_path_factory.mktemp("installation"))
    there.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    return there
