"""From a spreadsheet to facts that stand in the ledger, and out again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.activities.operations import revise, validate
from samtall.imports import operations
from samtall.imports.models import Import, StoredPlan
from samtall.imports.tests import files
from samtall.imports.tests.region import AT, BUILDER, FARM, FIRST, LATER, ROWS, SCHOOL, settle, sheet
from samtall.ledger import queries as ledger
from samtall.ledger.facts import Standing
from samtall.parties.models import Organisation, Person

pytestmark = pytest.mark.django_db

FORMS: dict[str, Callable[[list[list[Any]]], bytes]] = {
    "xlsx": files.xlsx,
    "ods": files.ods,
    "csv ; utf-8": lambda rows: files.csv(rows, separator=";"),
    "csv , utf-8": lambda rows: files.csv(rows, separator=","),
    "csv ; cp1252": lambda rows: files.csv(rows, separator=";", encoding="cp1252"),
    "csv tab utf-16": lambda rows: files.csv(rows, separator="\t", encoding="utf-16"),
}


def brought_in(content: bytes, by: User, name: str = "samarbeid.xlsx") -> Import:
    import_ = operations.upload(content, file_name=name, by=by, at=AT)
    operations.start(import_, by=by, at=AT)
    return operations.run_to_end(import_, by=by, now=lambda: AT)


@pytest.mark.parametrize("form", FORMS)
def test_five_rows_become_facts_that_someone_else_validates(form: str, coordinator: User, validator: User) -> None:
    builder = settle()
    import_ = brought_in(FORMS[form](sheet(*ROWS)), coordinator)
    assert (import_.state, import_.rows, import_.rows_reached) == (Import.State.DONE, 5, 5)
    thesis, placement, _lecture, _unidentified, _visit = Activity.objects.order_by("pk")
    facts = {fact.role: fact for fact in ledger.standing(thesis.source)}
    assert {role: fact.standing for role, fact in facts.items()} == dict.fromkeys(
        ("host", "institution", "student"), Standing.SUBMITTED
    )
    assert facts["host"].organisation == builder.pk
    assert (facts["student"].quantity, facts["student"].unit) == (2_000, "person")
    assert (facts["host"].starts, facts["host"].ends) == (date(2017, 1, 10), date(2017, 6, 20))
    site = next(fact for fact in ledger.standing(placement.source) if fact.role == "host")
    assert site.organisation == Organisation.objects.get(number=FARM).pk
    assert site.establishment is not None

    validate(thesis, by=validator, at=LATER)

    assert {fact.standing for fact in ledger.standing(thesis.source)} == {Standing.VALIDATED}


def test_what_is_not_found_becomes_new_or_unidentified_and_is_said_so(coordinator: User) -> None:
    settle()
    import_ = operations.upload(files.xlsx(sheet(*ROWS)), file_name="a.xlsx", by=coordinator, at=AT)
    plan = operations.plan(import_, by=coordinator, at=AT)
    assert [match.name for match in plan.new_organisations] == ["Fremmed Sag"]
    assert [match.name for match in plan.unidentified] == ["Ukjent Ull"]
    ties = [match.tie.number for match in plan.found_organisations if match.tie]
    assert (ties.count(SCHOOL), ties.count(BUILDER)) == (1, 1)
    assert not plan.blocked
    assert plan.without_evidence == 1


def test_undoing_withdraws_what_was_made_and_lets_it_come_again(coordinator: User, validator: User) -> None:
    settle()
    content = files.xlsx(sheet(*ROWS))
    import_ = brought_in(content, coordinator)
    first, *rest = Activity.objects.order_by("pk")
    validate(first, by=validator, at=LATER)
    operations.undo(import_, by=coordinator, at=LATER, reason="Feil år")
    operations.run_to_end(import_, by=coordinator, now=lambda: LATER)
    assert import_.state == Import.State.UNDONE
    assert [activity.title for activity in operations.kept(import_)] == []
    assert [ledger.standing(activity.source) for activity in (first, *rest)] == [[]] * 5
    assert ledger.history(first.source)[-1].reverses

    again = brought_in(content, coordinator)
    assert (again.state, Activity.objects.exclude(step=Activity.Step.WITHDRAWN).count()) == (Import.State.DONE, 5)


def test_undoing_leaves_what_somebody_else_has_changed_since(coordinator: User, administrator: User) -> None:
    settle()
    import_ = brought_in(files.xlsx(sheet(*ROWS)), coordinator)
    changed = Activity.objects.get(title="Sau")
    revise(changed, title="Sau og lam", by=administrator, at=LATER)
    operations.undo(import_, by=coordinator, at=LATER, reason="Feil år")
    assert [activity.title for activity in operations.kept(import_)] == ["Sau og lam"]
    assert sorted(set(Activity.objects.values_list("title", "step"))) == [
        ("Fjøs", "withdrawn"),
        ("Om bru", "withdrawn"),
        ("Sag", "withdrawn"),
        ("Sau og lam", "submitted"),
        ("Trebru", "withdrawn"),
    ]


def test_only_who_started_an_import_goes_on_with_it(coordinator: User, administrator: User) -> None:
    settle()
    import_ = operations.upload(files.xlsx(sheet(*ROWS)), file_name="a.xlsx", by=coordinator, at=AT)
    operations.start(import_, by=coordinator, at=AT)
    with pytest.raises(operations.WrongState):
        operations.step(import_, by=administrator, at=AT)
    assert Activity.objects.count() == 0


def test_nothing_of_the_cells_is_kept_when_all_is_recorded(coordinator: User) -> None:
    settle()
    import_ = brought_in(files.xlsx(sheet(*ROWS)), coordinator)
    assert (bytes(import_.packed_workbook), StoredPlan.objects.count(), import_.batches.count()) == (*(b"", 0, 0),)


def test_a_course_list_becomes_one_course_with_its_people(coordinator: User) -> None:
    settle()
    headings = ["Slag", "Tittel", "Dato", "Skole", "Arbeidsgiver", "Navn", "E-post", "Timer", "Kurstimer", "Bevis"]
    course = ["Kurs", "Regnskap", FIRST, "Høgskulen"]
    rows = [
        [*course, "Bø Bygg", "Kari Fjell", "kari@bygg.example", 8, 8, "Deltakerliste"],
        [*course, "Bø Bygg", "Per Fjell", None, 0, None, None],
        [*course, "Nordre Gård", "Ola Bekk", None, "6,5", None, None],
    ]
    brought_in(files.xlsx(sheet(*rows, headings=headings)), coordinator)
    activity = Activity.objects.get()
    assert activity.details == {"hours": "8"}
    facts = sorted((fact.role, str(fact.outcome), fact.quantity) for fact in ledger.standing(activity.source))
    assert facts == [
        ("business", "completed", 0),
        ("business", "completed", 0),
        ("participant", "completed", 6_500),
        ("participant", "completed", 8_000),
        ("participant", "no_show", 0),
        ("provider", "completed", 0),
    ]
    assert Person.objects.get(email="kari@bygg.example").organisation.counted.name == "BØ BYGG"  # type: ignore[union-attr]


def test_what_has_not_started_or_lacks_a_party_waits_as_a_draft(coordinator: User) -> None:
    settle()
    rows = [
        [*ROWS[0][:10], "Planlagt"],
        [*ROWS[2][:6], None, None, *ROWS[2][8:]],
        [*ROWS[4][:10], "Avlyst"],
    ]
    brought_in(files.xlsx(sheet(*rows)), coordinator)
    assert sorted(Activity.objects.values_list("title", "state", "step")) == [
        ("Om bru", "completed", "draft"),
        ("Sag", "cancelled", "draft"),
        ("Trebru", "planned", "draft"),
    ]


def test_rows_of_one_activity_that_disagree_are_told_of(coordinator: User) -> None:
    settle()
    other_end = [*ROWS[0][:3], date(2017, 7, 1), "Nordre Gård", None, *ROWS[0][6:]]
    import_ = operations.upload(files.xlsx(sheet(ROWS[0], other_end)), file_name="a.xlsx", by=coordinator, at=AT)
    (problem, *_rest) = operations.plan(import_, by=coordinator, at=AT).problems
    assert (problem.code, problem.row, problem.column) == ("I6", 3, "D")


def test_a_position_for_each_row_is_a_job_for_each_row(coordinator: User) -> None:
    settle()
    headings = ["Slag", "Tittel", "Dato", "Virksomhet", "Årsverk", "Endring", "Bidrag", "Nullpunkt", "Dokumentasjon"]
    job = ["Kunnskapsarbeidsplass", "Ingeniør", FIRST, "Bø Bygg", 1, "Ny stilling besatt", "Direkte", "01.01.2016"]
    rows = [[*job, "Bekreftelse 1"], ["Kunnskapsarbeidsplass", "Tekniker", *job[2:4], 0.5, *job[5:], "Bekreftelse 2"]]
    brought_in(files.xlsx(sheet(*rows, headings=headings)), coordinator)
    quantities = [[fact.quantity for fact in ledger.standing(one.source)] for one in Activity.objects.order_by("pk")]
    assert quantities == [[1_000], [500]]


@pytest.mark.parametrize(
    ("language", "text"),
    [("nb", "Rad 2, kolonne F"), ("nn", "Rad 2, kolonne F"), ("en", "Row 2, column F")],
)
def test_problems_are_told_in_the_language_of_the_reader(language: str, text: str, coordinator: User) -> None:
    rows = sheet([*ROWS[0][:5], "310000028", *ROWS[0][6:]])
    import_ = operations.upload(files.xlsx(rows), file_name="a.xlsx", by=coordinator, at=AT)
    with translation.override(language):
        problem = operations.plan(import_, by=coordinator, at=AT).problems[0]
        assert str(problem).startswith(text)
