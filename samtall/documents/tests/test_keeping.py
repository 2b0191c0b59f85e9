"""Documents are kept once on the disk, scanned before anybody gets them, and deleted when their time is out."""

from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.conf import LazySettings
from django.db import connection

from samtall.accounts.models import User
from samtall.config import command_line
from samtall.documents import limits, operations, queries, work
from samtall.documents.downloading import download
from samtall.documents.models import Document, StoredFile
from samtall.documents.operations import examine, keep
from samtall.documents.refusals import DocumentRefused
from samtall.documents.tests.conftest import AT, EICAR, SOUND, docx, packed

pytestmark = pytest.mark.django_db


def kept(by: User, content: bytes = b"17/4", name: str = "liste.txt", about: str = "activity:1") -> Document:
    return keep(examine(content, name=name, at=AT), about=about, by=by, at=AT)


def on_disk(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def given(document: Document) -> bytes:
    return download(document).content


def test_a_document_lies_under_a_random_name_for_its_owner_only(folder: Path, coordinator: User) -> None:
    document = kept(coordinator, SOUND["avtale.pdf"], "Avtale Bø.pdf")
    [path] = folder.iterdir()
    assert path.name == document.file.name
    assert (len(path.name), path.read_bytes()) == (32, SOUND["avtale.pdf"])
    assert (oct(path.stat().st_mode), oct(folder.stat().st_mode)) == ("0o100600", "0o40700")
    assert (document.name, document.uploaded_by, document.kept_until, document.file.type) == (
        "Avtale Bø.pdf",
        coordinator.signature,
        date(2027, 3, 1),
        "application/pdf",
    )


def test_the_same_file_is_one_on_the_disk_and_one_about_one_thing(folder: Path, coordinator: User) -> None:
    first, again = kept(coordinator), kept(coordinator, name="annet.txt")
    elsewhere = kept(coordinator, about="activity:2")
    assert (first == again, first.file == elsewhere.file, Document.objects.count()) == (True, True, 2)
    assert len(on_disk(folder)) == 1


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="threads share a database in memory, which then locks whole tables"
)
@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_once_is_one_document(folder: Path, coordinator: User) -> None:
    def upload() -> None:
        kept(coordinator)
        connection.close()

    threads = [Thread(target=upload) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Document.objects.count(), StoredFile.objects.count()) == (1, 1)
    assert on_disk(folder) == [StoredFile.objects.get().name]


@pytest.mark.django_db(transaction=True)
def test_a_removed_document_is_gone_from_the_disk_with_the_last_that_has_it(folder: Path, coordinator: User) -> None:
    here, there = kept(coordinator), kept(coordinator, about="activity:2")
    for document, left in ((here, 1), (there, 0)):
        operations.remove(document)
        assert len(on_disk(folder)) == left
    assert StoredFile.objects.count() == 0


def test_a_case_takes_a_hundred_files_and_a_person_a_gigabyte(
    folder: Path, coordinator: User, validator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PER_CASE", 3)
    monkeypatch.setattr(limits, "PER_PERSON_BYTES", 40)
    for number in range(3):
        kept(coordinator, f"{number}".encode() * 10)
    with pytest.raises(DocumentRefused) as full:
        kept(coordinator, b"4")
    with pytest.raises(DocumentRefused) as much:
        kept(coordinator, b"5" * 11, about="activity:2")
    assert (full.value.code, much.value.code) == ("F7", "F7")
    assert kept(validator, b"5" * 11, about="activity:2").name == "liste.txt"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("eicar.txt", EICAR, "F5"), ("brev.docx", docx(more={"word/media/x.txt": EICAR}), "")],
)
def test_what_the_scanner_finds_is_not_stored(
    folder: Path, scanner: None, coordinator: User, name: str, content: bytes, code: str
) -> None:
    if not code:  # packed, so that only a scanner that unpacks would find it
        assert kept(coordinator, content, name).file.state == "released"
        return
    with pytest.raises(DocumentRefused) as refusal:
        kept(coordinator, content, name)
    assert refusal.value.code == code
    assert StoredFile.objects.count() == 0
    assert not folder.exists()


def test_while_the_scanner_is_down_nobody_gets_the_file(
    folder: Path, coordinator: User, settings: LazySettings, request: pytest.FixtureRequest
) -> None:
    settings.CLAMD = "127.0.0.1:1"
    clean, bad = kept(coordinator), kept(coordinator, EICAR, "eicar.txt")
    assert (clean.file.state, bad.file.state) == ("quarantined", "quarantined")
    with pytest.raises(DocumentRefused) as waiting:
        download(clean)
    assert waiting.value.code == "F8"
    assert work.scan_waiting(AT) is False
    request.getfixturevalue("scanner")
    assert (work.scan_waiting(AT), work.scan_waiting(AT)) == (True, False)
    clean, bad = Document.objects.get(pk=clean.pk), Document.objects.get(pk=bad.pk)
    assert given(clean) == b"17/4"
    with pytest.raises(DocumentRefused) as found:
        download(bad)
    assert (found.value.code, bad.file.found, on_disk(folder)) == ("F5", "Eicar-Signature", [clean.file.name])
    with pytest.raises(DocumentRefused) as again:
        kept(coordinator, EICAR, "eicar.txt")
    assert again.value.code == "F5"


@pytest.mark.parametrize("name", SOUND)
def test_a_document_is_given_out_to_be_saved_and_never_shown(folder: Path, coordinator: User, name: str) -> None:
    response = download(kept(coordinator, SOUND[name], name))
    assert response["Content-Disposition"].startswith("attachment;")
    assert (response["X-Content-Type-Options"], response["Content-Security-Policy"], response["Cache-Control"]) == (
        "nosniff",
        "default-src 'none'; sandbox",
        "private, no-store",
    )


@pytest.mark.django_db(transaction=True)
def test_what_is_old_or_was_never_kept_is_deleted(folder: Path, coordinator: User) -> None:
    document = kept(coordinator)
    examine(b"never kept", name="x.txt", at=AT)
    said = []
    for at in (AT + timedelta(hours=23), AT + timedelta(hours=25), AT + timedelta(days=3653)):
        work.tidy(at)
        said.append((Document.objects.count(), len(on_disk(folder))))
    assert document.kept_until == date(2027, 3, 1)
    assert said == [(1, 2), (1, 1), (0, 0)]


def test_refusals_are_told_in_the_language_of_the_reader(folder: Path) -> None:
    from django.utils import translation

    said = {}
    for language in ("nb", "nn", "en"):
        with translation.override(language), pytest.raises(DocumentRefused) as refusal:
            examine(b"MZ", name="avtale.exe", at=AT)
        said[language] = str(refusal.value)
    assert said == {
        "nb": "Filer av typen .exe kan ikke lastes opp. Tillatt: PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS, TXT.",
        "nn": "Filer av typen .exe kan ikkje lastast opp. Tillate: PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS, TXT.",
        "en": "Files of type .exe cannot be uploaded. Allowed: PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS, TXT.",
    }


def test_files_that_are_lost_or_altered_are_found(
    folder: Path, coordinator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    lost, altered = kept(coordinator, b"one").file, kept(coordinator, b"two").file
    kept(coordinator, b"three")
    assert command_line.main(["--language", "en", "documents", "verify"]) == 0
    (folder / lost.name).unlink()
    (folder / altered.name).write_bytes(b"other")
    assert queries.faults_on_disk() == [f"{lost.name}: missing", f"{altered.name}: altered"]
    assert command_line.main(["documents", "verify"]) == 1


@pytest.mark.django_db(transaction=True)
def test_a_document_is_found_and_erased_from_the_terminal(
    folder: Path, coordinator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    document = kept(coordinator, name="Kari Nordmann.txt")
    assert command_line.main(["documents", "find", "nordmann"]) == 0
    assert capsys.readouterr().out == f"{document.pk:>8}  2017-03-01  activity:1  Kari Nordmann.txt\n"
    assert command_line.main(["--language", "en", "documents", "erase", str(document.pk)]) == 0
    assert capsys.readouterr().out == f"Document {document.pk} is deleted.\n"
    assert on_disk(folder) == []
    assert command_line.main(["documents", "erase", str(document.pk)]) == 1


def test_a_bomb_costs_little() -> None:
    with pytest.raises(DocumentRefused) as refusal:
        examine(packed({"word/document.xml": b" " * 200_000_000}), name="x.docx", at=AT)
    assert refusal.value.code == "F3"
