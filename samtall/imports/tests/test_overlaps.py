"""Several lists of the same work: shown beside each other, and counted once (R10)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samtall.accounts.models import User
from samtall.activities.models import Activity, StepRecord
from samtall.activities.operations import WholeActivity, record_whole, validate
from samtall.imports import operations
from samtall.imports.models import Import, ImportedActivity
from samtall.imports.problems import Level
from samtall.imports.tests import files
from samtall.imports.tests.region import AT, BUILDER, FARM, FIRST, HEADINGS, LAST, LATER, ROWS, settle, sheet
from samtall.ledger import queries as ledger

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

#: The same thesis as the college's list has it, and as the municipality's does.
THEIRS = ROWS[0]
OURS = [
    *("Bacheloroppgave", "Bacheloroppgave: trebru", date(2017, 1, 15), date(2017, 6, 1), "Bø Bygg", BUILDER),
    *("Høgskulen", 2, None, "Referat 4/17", "Gjennomført"),
]


def uploaded(by: User, *rows: list[Any]) -> Import:
    return operations.upload(files.xlsx(sheet(*rows)), file_name="liste.xlsx", by=by, at=AT)


def saved(import_: Import, by: User) -> Import:
    operations.start(import_, by=by, at=AT)
    return operations.run_to_end(import_, by=by, now=lambda: AT)


def facts() -> int:
    return sum(len(ledger.standing(one.source)) for one in Activity.objects.all())


def test_a_row_that_resembles_what_is_here_is_asked_about_and_nothing_is_saved_before(coordinator: User) -> None:
    settle()
    saved(uploaded(coordinator, THEIRS), coordinator)
    import_ = uploaded(coordinator, OURS)
    plan = operations.plan(import_, by=coordinator, at=AT)
    assert [(one.code, one.row) for one in plan.problems if one.code == "R10"] == [("R10", 2)]
    assert plan.blocked
    with pytest.raises(operations.NotReady):
        operations.start(import_, by=coordinator, at=AT)


def test_what_is_joined_counts_once_gets_what_is_new_and_gives_it_back_when_undone(
    coordinator: User, validator: User
) -> None:
    settle()
    saved(uploaded(coordinator, THEIRS), coordinator)
    activity = Activity.objects.get()
    validate(activity, by=validator, at=AT)
    before = facts()
    import_ = uploaded(coordinator, [*OURS[:4], "Nordre Gård", FARM, OURS[6], None, *OURS[8:]], OURS)
    operations.answer_overlap(import_, 2, keep=None, by=coordinator, at=AT)
    saved(import_, coordinator)
    activity.refresh_from_db()
    assert (Activity.objects.count(), activity.step) == (1, Activity.Step.SUBMITTED)
    assert sorted(one.description for one in activity.evidence.all()) == ["Avtale 17/1", "Referat 4/17"]
    assert facts() == before + 1
    corrected = StepRecord.objects.filter(activity=activity, action="corrected").get()
    assert corrected.by == coordinator

    operations.undo(import_, by=coordinator, at=LATER, reason="Feil liste")
    operations.run_to_end(import_, by=coordinator, now=lambda: LATER)
    activity.refresh_from_db()
    assert ([one.description for one in activity.evidence.all()], facts()) == (["Avtale 17/1"], before)
    assert activity.step != Activity.Step.WITHDRAWN


def test_what_is_kept_apart_counts_twice_with_the_reason_remembered(coordinator: User) -> None:
    settle()
    saved(uploaded(coordinator, THEIRS), coordinator)
    first = Activity.objects.get()
    import_ = uploaded(coordinator, OURS)
    operations.answer_overlap(import_, 2, keep="To ulike grupper", by=coordinator, at=AT)
    saved(import_, coordinator)
    item = ImportedActivity.objects.get(imported_by=import_)
    assert (item.resembles, item.resembles_because) == (first, "To ulike grupper")
    assert Activity.objects.count() == 2


def test_rows_of_one_file_that_tell_of_the_same_are_taken_for_one_when_somebody_says_so(coordinator: User) -> None:
    settle()
    typo = [*THEIRS[:1], "Trebrua", *THEIRS[2:]]
    import_ = uploaded(coordinator, THEIRS, typo)
    plan = operations.plan(import_, by=coordinator, at=AT)
    assert [(one.code, one.row) for one in plan.problems if one.code == "R10"] == [("R10", 3)]
    operations.answer_overlap(import_, 0, keep=None, by=coordinator, at=AT)
    saved(import_, coordinator)
    assert [item.rows for item in import_.items.all()] == [[2, 3]]


@pytest.mark.parametrize(
    "other",
    [
        ["Bacheloroppgave", "Trebru 2", *THEIRS[2:]],
        ["Bacheloroppgave", "Solceller på låven", *THEIRS[2:]],
        ["Masteroppgave i noe annet", *THEIRS[1:]],
        [*THEIRS[:2], date(2015, 1, 10), date(2015, 6, 1), *THEIRS[4:]],
        [*THEIRS[:4], "Nordre Gård", FARM, *THEIRS[6:]],
    ],
    ids=["other title", "unlike title", "other kind", "other year", "other company"],
)
def test_what_is_told_apart_is_not_asked_about(other: list[Any], coordinator: User) -> None:
    settle()
    saved(uploaded(coordinator, ["Bacheloroppgave", "Trebru 1", *THEIRS[2:]]), coordinator)
    plan = operations.plan(uploaded(coordinator, other), by=coordinator, at=AT)
    assert [one.code for one in plan.problems if one.code == "R10"] == []


def test_the_page_shows_the_two_beside_each_other(coordinator: User, client_of: ClientOf) -> None:
    settle()
    saved(uploaded(coordinator, THEIRS), coordinator)
    client = client_of(coordinator)
    import_ = uploaded(coordinator, OURS)
    address = reverse("import-overlap", args=[import_.pk, 2])
    client.get(reverse("import", args=[import_.pk]))
    shown = client.get(address).content.decode()
    assert ("Trebru" in shown, "Avtale 17/1" in shown, "Referat 4/17" in shown) == (True, True, True)
    assert client.post(address, {"answer": "keep", "reason": ""}).status_code == 422
    assert client.post(address, {"answer": "join"}).status_code == 302
    assert "Ja, det samme" not in client.get(reverse("import", args=[import_.pk])).content.decode()


def placement(title: str, reference: str) -> list[Any]:
    return ["Studentpraksis", title, FIRST, LAST, "Bø Bygg", BUILDER, "Høgskulen", 1, None, "Avtale", None, reference]


def with_references(by: User, *rows: list[Any], name: str = "portal.xlsx") -> Import:
    content = files.xlsx(sheet(*rows, headings=[*HEADINGS, "Portalreferanse"]))
    return operations.upload(content, file_name=name, by=by, at=AT)


def test_a_placement_that_the_portal_has_counts_once_whatever_it_is_called(
    coordinator: User, client_of: ClientOf
) -> None:
    settle()
    first = with_references(coordinator, placement("Praksis i Bø", "ALP-1"), placement("Praksis igjen", " ALP-1 "))
    assert [(one.level, one.row) for one in operations.plan(first, by=coordinator, at=AT).problems] == [
        (Level.WARNING, 3)
    ]
    saved(first, coordinator)

    again = with_references(coordinator, placement("Et annet navn", "ALP-1"), placement("Ny", "ALP-2"), name="b.xlsx")
    plan = operations.plan(again, by=coordinator, at=AT)
    here = Activity.objects.get()
    assert [(one.title, one.joins) for one in plan.left_out] == [("Et annet navn", here.pk)]
    page = client_of(coordinator).get(reverse("import", args=[again.pk]) + "?vis=utelatt").content.decode()
    assert reverse("activity", args=[here.pk]) in page
    saved(again, coordinator)
    assert sorted(Activity.objects.values_list("title", flat=True)) == ["Ny", "Praksis i Bø"]


def test_a_placement_that_somebody_records_after_the_plan_is_not_recorded_twice(coordinator: User) -> None:
    settle()
    mine = with_references(coordinator, placement("Min", "ALP-1"), placement("Ny", "ALP-2"))
    operations.start(mine, by=coordinator, at=AT)
    record_whole(
        WholeActivity(kind="placement", title="Deres", starts=FIRST, details={"portal_reference": "ALP-1"}),
        by=coordinator,
        at=AT,
    )
    operations.run_to_end(mine, by=coordinator, now=lambda: AT)
    assert sorted(Activity.objects.values_list("title", flat=True)) == ["Deres", "Ny"]
