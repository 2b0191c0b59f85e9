"""Copies of a trial's database, restored and moved to places of their own, where everything must be as it was."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import override_settings

from samtall.config import moving, restoring
from samtall.config.databases import standing_on
from samtall.config.prove import somebody
from samtall.config.prove.proof import Trial
from samtall.config.prove.throwaway import empty_database
from samtall.privacy import listing

#: What is kept beside the database, and not in a copy of it.
KEYS = ("erasure-key", "signing-key", "verifier-keys")


@contextmanager
def restored(trial: Trial, copy: Path) -> Iterator[float]:
    """Stand where a copy is restored, with keys and list of erasures as they are now; gives the seconds it took."""
    kept = [listing.path(), *(trial.folder / name for name in KEYS)]
    with TemporaryDirectory(dir=trial.folder.parent) as folder, override_settings(DATA=Path(folder)):
        for one in filter(Path.exists, kept):
            shutil.copy(one, folder)
        with empty_database(Path(folder)) as url, standing_on(url):
            begun = time.monotonic()
            restoring.restore(copy)
            seconds = time.monotonic() - begun
            somebody.clean_up()
            yield seconds


@contextmanager
def moved(trial: Trial, *, back: bool = False) -> Iterator[float]:
    """Stand in a database of the other kind, to which everything was moved; gives the seconds it took.

    `back`: in one of the kind that the trial is on.
    """
    with TemporaryDirectory(dir=trial.folder.parent) as folder, empty_database(Path(folder), other=not back) as url:
        begun = time.monotonic()
        moving.move(url, tell=None)
        seconds = time.monotonic() - begun
        with standing_on(url):
            yield seconds
