"""Whether a background worker runs: each touches one file in the data folder while it lives."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

BEAT_SECONDS = 2.0
SILENT_SECONDS = 10.0


def file() -> Path:
    """The file that workers touch. A server and its workers share a data folder."""
    return Path(settings.DATA) / "worker-alive"


def worker_runs(*, at: datetime) -> bool:
    """Whether a worker has shown that it lives within the last ten seconds."""
    try:
        touched = datetime.fromtimestamp(file().stat().st_mtime, tz=at.tzinfo)
    except FileNotFoundError:
        return False
    return at - touched < timedelta(seconds=SILENT_SECONDS)


@contextmanager
def beating() -> Iterator[None]:
    """Touch the file every other second meanwhile, and take it away afterwards."""
    stopped = threading.Event()

    def beat() -> None:
        while not stopped.is_set():
            file().touch()
            stopped.wait(BEAT_SECONDS)

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
        file().unlink(missing_ok=True)  # another worker puts it back with its next beat
