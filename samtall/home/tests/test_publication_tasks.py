"""The front page tells what of a publication waits for whom: comments, an approval, and what was sent back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from samtall.accounts.models import User
from samtall.base.text import Words
from samtall.home import front
from samtall.home.tasks import tasks
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK
from samtall.publications import commenting, operations
from samtall.publications.models import Edition

AT = datetime(2018, 2, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: object) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def edition(programme_manager: User) -> Edition:
    programme = programmes.load(MIDT_TELEMARK, by="test", at=AT)
    title = Words("Året", "Året", "The year")
    said: dict[str, Any] = {"starts": programme.starts, "ends": programme.ends, "by": programme_manager.signature}
    return operations.begin(programme, "aaret", sort="report", title=title, **said, at=AT)


def told(user: User) -> list[tuple[str, str, list[str]]]:
    found = [one for one in tasks(user, AT, front.programmes(user)) if "Året" in one.sentence]
    return [(one.sentence, one.url, [line.label for line in one.lines]) for one in found]


def test_a_publication_waits_for_whoever_must_do_something_next(
    edition: Edition, programme_manager: User, validator: User, reader: User
) -> None:
    address = "/publikasjoner/aaret/1/"
    for text in ("Hvor er Nome?", "Hvor er Bø?"):
        commenting.comment(edition, text=text, by=reader.signature, at=AT)
    comments: tuple[str, str, list[str]] = ("2 kommentarer til «Året» venter", f"{address}arbeid/#kommentarer", [])
    assert (told(programme_manager), told(validator), told(reader)) == ([comments], [], [])

    operations.propose(edition, by=programme_manager.signature, at=AT)
    assert told(validator) == [("«Året» venter på din godkjenning", f"{address}gjennomgang/", [])]

    operations.send_back(edition, why="Nome mangler", by=validator.signature, at=AT)
    back = ("«Året» er sendt tilbake til deg", f"{address}arbeid/", ["Nome mangler"])
    assert (told(programme_manager), told(validator)) == ([back, comments], [])
