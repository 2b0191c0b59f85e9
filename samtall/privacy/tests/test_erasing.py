"""Somebody who is erased is gone from every place, and every figure is as it was (R5, G13)."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from samtall.activities.models import Activity
from samtall.base.personal import declared
from samtall.config.prove import somebody
from samtall.config.prove.somebody import Region
from samtall.imports.models import Import
from samtall.imports.personal import BeingRecorded
from samtall.ledger.verify import verify
from samtall.privacy import listing, operations, subjects
from samtall.privacy.models import Erased
from samtall.privacy.searching import traces
from samtall.privacy.tests.conftest import AT, EMAIL, NAME

DAY = timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_database_log_and_files(thesis: Activity, data: Path) -> None:
    before = traces((NAME, EMAIL))
    erased = somebody.erase(EMAIL, at=AT)
    while not operations.clean(erased, at=AT):
        time.sleep(0.1)  # other tests have transactions open on the same server
    assert {"mail.Letter" in before or "memory" in before, "documents" in str(before)} == {True}
    assert traces((NAME, EMAIL)) == []


def test_every_room_tells_what_it_holds_and_afterwards_holds_nothing(thesis: Activity) -> None:
    everything = {one.code for one in declared()} - {"register"}
    assert everything - somebody.rooms_holding(EMAIL) == set()
    somebody.erase(EMAIL, at=AT)
    assert somebody.rooms_holding(EMAIL) == set()


def test_every_figure_and_the_ledger_are_as_they_were(thesis: Activity) -> None:
    before, books = somebody.figures_now(), verify()
    somebody.erase(EMAIL, at=AT)
    assert somebody.figures_now() == before
    assert verify() == books
    assert books.sound


def test_what_is_someone_elses_stays(region: Region) -> None:
    for name, email in ((NAME, EMAIL), ("Ola Berg", "ola@student.example.org")):
        somebody.live(region, name, email, files=False, at=AT)
    before = somebody.rooms_holding("ola@student.example.org")
    somebody.erase(EMAIL, at=AT)
    assert somebody.rooms_holding("ola@student.example.org") == before


def test_a_name_that_two_have_is_struck_out_only_where_it_is_tied_to_the_one(region: Region) -> None:
    hers = somebody.live(region, "Kari Hansen", "kari@student.example.org", files=False, at=AT)
    other = somebody.live(region, "Kari Hansen", "kari.hansen@student.example.org", files=False, at=AT)
    somebody.erase("kari@student.example.org", at=AT)
    hers.refresh_from_db()
    other.refresh_from_db()
    assert (hers.title, other.title) == ("[…] oppgave om tre", "Kari Hansens oppgave om tre")


def test_who_has_a_role_in_the_work_is_not_erased(region: Region) -> None:
    with pytest.raises(operations.HasWork):
        operations.erase(
            subjects.of_user(region.coordinator), by=operations.THEMSELVES, at=AT, reason=Erased.Reason.ASKED
        )


def test_an_address_that_we_do_not_know_is_nobody(region: Region) -> None:
    assert somebody.rooms_holding("nobody@samtall.example") == set()


def test_while_a_spreadsheet_with_the_name_is_being_saved_nothing_is_erased(thesis: Activity) -> None:
    Import.objects.filter(file_name=f"{NAME}.csv").update(state=Import.State.RUNNING)
    with pytest.raises(BeingRecorded):
        somebody.erase(EMAIL, at=AT)
    assert (Erased.objects.count(), listing.lines()) == (0, [])


def test_the_list_of_erasures_names_nobody(region: Region) -> None:
    somebody.live(region, NAME, EMAIL, files=False, at=AT)
    somebody.erase(EMAIL, at=AT)
    (line,) = listing.lines()
    assert NAME not in listing.path().read_text()
    assert EMAIL not in listing.path().read_text()
    assert len(line.emails) == len(line.keys) == len(line.users) == 1


def test_what_an_old_copy_brings_back_is_erased_again(region: Region) -> None:
    """The list is older than the copy: the copy holds somebody whom it says is erased."""
    somebody.live(region, NAME, EMAIL, files=False, at=AT)
    erasure = somebody.erase(EMAIL, at=AT)
    Erased.objects.all().delete()
    somebody.live(region, NAME, EMAIL, files=False, at=AT + DAY)
    assert operations.redo(at=AT + 2 * DAY) == 1
    assert somebody.rooms_holding(EMAIL) == set()
    assert Erased.objects.get().token == erasure.token
    assert operations.redo(at=AT + 2 * DAY) == 0


def test_a_list_that_was_lost_is_written_again_from_the_database(region: Region) -> None:
    somebody.live(region, NAME, EMAIL, files=False, at=AT)
    somebody.erase(EMAIL, at=AT)
    before = listing.lines()
    listing.path().unlink()
    assert operations.redo(at=AT) == 0
    assert listing.lines() == before
