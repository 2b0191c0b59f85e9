"""Work on the files of strangers in a process of its own, with little memory and time.

The file comes on standard input, and the answer goes to standard output. The process knows nothing of Django and of our
settings, so that it starts fast and there is nothing in it to steal.
"""

import resource
import subprocess
import sys
from pathlib import Path

SOURCE_ROOT = Path(__file__).resolve().parents[2]


class Exceeded(Exception):
    """The work took more "time" or more "memory" than it may."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def run(module: str, *words: str, content: bytes, seconds: int) -> bytes:
    """What a module of ours, run as a program, answers. Raises Exceeded."""
    try:
        child = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", module, *words],
            input=content,
            capture_output=True,
            timeout=seconds,
            cwd=SOURCE_ROOT,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Exceeded("time") from None
    if child.returncode:  # killed by one of its limits
        raise Exceeded("memory")
    return child.stdout


def confine(*, memory_bytes: int, seconds: int) -> None:
    """Called by such a program first: limits that the process itself cannot raise again."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
