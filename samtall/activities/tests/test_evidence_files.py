"""A file beside a piece of evidence, given to those who may see the activity and the names of people."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity, Evidence
from samtall.documents.models import Document, StoredFile

pytestmark = pytest.mark.django_db

AT = datetime(2017, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "documents"


@pytest.fixture
def activity(coordinator: User) -> Activity:
    return operations.record(
        "course", title="Kurs", starts=date(2017, 1, 10), details={"hours": 8}, by=coordinator, at=AT
    )


def upload(client: Client, activity: Activity, name: str, content: bytes, **more: str) -> Any:
    said = {"kind": "attendance_list", "description": "17/4", "file": SimpleUploadedFile(name, content)} | more
    return client.post(reverse("activity-evidence-new", args=[activity.pk]), said)


def test_a_file_is_kept_with_the_evidence_and_can_be_saved(
    folder: Path,
    activity: Activity,
    coordinator: User,
    validator: User,
    reader: User,
    client_of: Callable[[User], Client],
) -> None:
    assert upload(client_of(coordinator), activity, "Deltakere æøå.txt", b"Kari, Ola").status_code == 302
    piece = Evidence.objects.get()
    address = reverse("activity-evidence-file", args=[activity.pk, piece.pk])
    page = reverse("activity", args=[activity.pk])
    response = client_of(validator).get(address)
    assert response.content == b"Kari, Ola"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Deltakere%20%C3%A6%C3%B8%C3%A5.txt"
    assert address in client_of(validator).get(page).content.decode()
    hidden = client_of(reader).get(page).content.decode()
    assert (address in hidden, "Deltakere" in hidden, "Det er en fil ved." in hidden) == (False, False, True)
    assert client_of(reader).get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("liste.exe", b"MZ", "Filer av typen .exe kan ikke lastes opp."),
        ("liste.pdf", b"<html>", "Innholdet er ikke det navnet sier (liste.pdf er text/html)."),
        ("liste.txt", b"", "Filen er tom eller kom ikke hel fram."),
        ("liste.txt", b"x" * 10_000_001, "Filen er for stor: 10.0 MB. Grensen er 10 MB."),
    ],
)
def test_a_file_that_is_refused_saves_nothing_and_loses_nothing_that_was_typed(
    folder: Path,
    activity: Activity,
    coordinator: User,
    client_of: Callable[[User], Client],
    name: str,
    content: bytes,
    told: str,
) -> None:
    response = upload(client_of(coordinator), activity, name, content, description="Perm 17")
    html = response.content.decode()
    assert (response.status_code, told in html, "Perm 17" in html) == (422, True, True)
    assert (Evidence.objects.count(), Document.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


def test_evidence_needs_no_file(activity: Activity, coordinator: User, client_of: Callable[[User], Client]) -> None:
    said = {"kind": "attendance_list", "description": "17/4"}
    client_of(coordinator).post(reverse("activity-evidence-new", args=[activity.pk]), said)
    assert Evidence.objects.get().document is None


@pytest.mark.django_db(transaction=True)
def test_removed_evidence_takes_its_file_with_it(
    folder: Path, activity: Activity, coordinator: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(coordinator)
    upload(client, activity, "liste.txt", b"Kari, Ola")
    client.post(reverse("activity-evidence-remove", args=[activity.pk, Evidence.objects.get().pk]))
    assert (Document.objects.count(), StoredFile.objects.count(), list(folder.iterdir())) == (0, 0, [])
