"""Fetching a bulk file and loading it: stopped anywhere, it goes on from there; done twice, it changes nothing."""

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings

from samtall.parties.models import RegisterLoad
from samtall.parties.register.asking import Connection
from samtall.parties.register.columns import Kind
from samtall.parties.register.download import Told, download, fetched
from samtall.parties.register.files import NotAnExtract
from samtall.parties.register.loading import Progress, load


def fetch(
    kind: Kind,
    connection: Connection,
    *,
    at: datetime,
    downloading: Told = lambda _here, _whole: None,
    loading: Callable[[Progress], None] = lambda _progress: None,
) -> Progress:
    """Fetch the whole register of a kind and load it; `already_done` when its newest file is loaded.

    The file is thrown away once it is loaded, for it may tell of what the register later takes back. Raises
    RegisterNotReached, CannotWrite and NotAnExtract.
    """
    folder = settings.DATA / "register"
    file = fetched(kind, folder) or download(
        connection, kind, folder, progress=downloading, wanted=lambda day: not _loaded(kind, day)
    )
    if file is None:
        return Progress(already_done=True)
    try:
        done = load(file, kind=kind, complete=True, at=at, progress=loading)
    except NotAnExtract:
        file.unlink()
        raise
    file.unlink()
    return done


def _loaded(kind: Kind, day: date) -> bool:
    return RegisterLoad.objects.filter(kind=kind, complete=True, finished_at__isnull=False, dated__gte=day).exists()
