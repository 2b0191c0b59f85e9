"""Large spreadsheets: planned and saved by the background worker, a step at a time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import Settings

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.activities.operations import record
from samtall.base import heartbeat
from samtall.imports import operations, work
from samtall.imports.models import Import, PlannedBatch, StoredPlan
from samtall.imports.operations import planning
from samtall.imports.tests import files
from samtall.imports.tests.region import AT, HEADINGS, LATER, ROWS, settle

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ClientOf = Callable[[User], Client]

State = Import.State
MANY = 230


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 230 rows be as many as are planned in the background, so that tests are quick."""
    monkeypatch.setattr(planning, "ROWS_PLANNED_AT_ONCE", 100)
    monkeypatch.setattr("samtall.imports.operations.saving.ROWS_PLANNED_AT_ONCE", 100)


def many_rows(count: int = MANY) -> list[list[Any]]:
    return [list(HEADINGS), *(["Studentpraksis", f"Praksis {number}", *ROWS[1][2:]] for number in range(count))]


def uploaded(by: User, count: int = MANY) -> Import:
    return operations.upload(files.csv(many_rows(count)), file_name="mange.csv", by=by, at=AT)


def worked(import_: Import, at: datetime = AT) -> list[str]:
    """The states that the worker takes an import through."""
    states = [import_.state]
    while work.go_on(at):
        import_.refresh_from_db()
        states += [import_.state] if import_.state != states[-1] else []
    return states


def test_a_large_spreadsheet_is_planned_saved_and_undone_by_the_worker(coordinator: User) -> None:
    settle()
    import_ = uploaded(coordinator)
    assert operations.prepared(import_, by=coordinator, at=AT) is None
    assert worked(import_) == [State.PLANNING, State.PREVIEW]
    plan = operations.prepared(import_, by=coordinator, at=AT)
    assert plan is not None
    assert (plan.head["activities"], plan.blocked) == (MANY, False)
    assert [one.title for one in plan.activities[100:102]] == ["Praksis 100", "Praksis 101"]
    assert [batch.rows for batch in PlannedBatch.objects.all()] == [80, 80, 70]

    operations.start(import_, by=coordinator, at=AT)
    assert (worked(import_), Activity.objects.count()) == ([State.RUNNING, State.DONE], MANY)

    operations.undo(import_, by=coordinator, at=LATER, reason="Feil fil")
    assert worked(import_) == [State.UNDOING, State.UNDONE]
    assert Activity.objects.exclude(step=Activity.Step.WITHDRAWN).count() == 0


def test_a_plan_that_the_books_have_left_behind_is_made_again_and_saved_if_it_says_the_same(coordinator: User) -> None:
    settle()
    import_ = uploaded(coordinator)
    operations.prepared(import_, by=coordinator, at=AT)
    worked(import_)
    moved(coordinator, "Noe annet")
    operations.start(import_, by=coordinator, at=AT)
    assert worked(import_) == [State.PLANNING, State.RUNNING, State.DONE]


def test_a_plan_that_says_something_else_by_then_is_shown_anew(coordinator: User, client_of: ClientOf) -> None:
    settle()
    import_ = uploaded(coordinator)
    operations.prepared(import_, by=coordinator, at=AT)
    worked(import_)
    moved(coordinator, "Praksis 7")
    operations.start(import_, by=coordinator, at=AT)
    assert worked(import_) == [State.PLANNING, State.PREVIEW]
    assert Activity.objects.count() == 1
    shown = operations.current_plan(import_, at=AT)
    assert shown is not None
    assert shown.head["questions"] == 1


def moved(by: User, title: str) -> None:
    """Somebody else records an activity meanwhile, and the books move on."""
    first, last = ROWS[1][2], ROWS[1][3]
    activity = record("placement", title=title, starts=first, ends=last, state="running", by=by, at=AT)
    send_in(activity, by)


def send_in(activity: Activity, by: User) -> None:
    from samtall.activities.operations import add_participation, submit
    from samtall.parties.models import Organisation

    school, farm = Organisation.objects.get(name="Høgskulen"), Organisation.objects.get(name="Nordre Gård AS")
    for role, organisation in (("institution", school), ("host", farm)):
        add_participation(activity, role=role, organisation=organisation, by=by, at=AT)
    submit(activity, by=by, at=AT)


def test_a_plan_is_made_by_one_worker_at_a_time_and_taken_over_from_one_that_died(coordinator: User) -> None:
    settle()
    import_ = uploaded(coordinator)
    operations.plan_later(import_)
    Import.objects.update(planning_since=AT)
    assert operations.plan_now(import_, at=AT + timedelta(seconds=30)) is None
    made = operations.plan_now(import_, at=AT + timedelta(seconds=61))
    assert made is not None
    assert made.head["activities"] == MANY


def test_a_plan_in_another_language_is_made_when_somebody_reads_it_in_that(coordinator: User) -> None:
    settle()
    import_ = operations.upload(files.xlsx([*many_rows(3)]), file_name="få.xlsx", by=coordinator, at=AT)
    for language, word in (("nb", "rader"), ("en", "rows"), ("nn", "rader")):
        with translation.override(language):
            plan = operations.prepared(import_, by=coordinator, at=AT)
            assert plan is not None
            assert plan.head["summary"][0] == [word, 3]
    assert StoredPlan.objects.count() == 1


def test_one_import_that_fails_does_not_stop_the_others(coordinator: User) -> None:
    settle()
    broken, sound = uploaded(coordinator), uploaded(coordinator, 120)
    for import_ in (broken, sound):
        operations.prepared(import_, by=coordinator, at=AT)
    worked(sound)
    for import_ in (broken, sound):
        import_.refresh_from_db()
        operations.start(import_, by=coordinator, at=AT)
    PlannedBatch.objects.filter(plan_of=broken).update(packed=b"damaged")
    for _step in range(3):
        with pytest.raises(Exception, match="incorrect header"):
            work.go_on(AT)
    assert sorted(Import.objects.values_list("state", flat=True)) == [State.DONE, State.RUNNING]


def test_the_page_looks_on_while_a_worker_lives_and_drives_the_steps_itself_otherwise(
    coordinator: User, client_of: ClientOf, settings: Settings, tmp_path: Any
) -> None:
    settings.DATA = tmp_path
    settle()
    client = client_of(coordinator)
    import_ = uploaded(coordinator)
    address = reverse("import", args=[import_.pk])
    step, look = reverse("import-step", args=[import_.pk]), reverse("import-progress", args=[import_.pk])
    alone = client.get(address).content.decode()
    assert (f'hx-post="{step}"' in alone, f'hx-get="{look}"' in alone) == (True, False)
    heartbeat.file().touch()
    beside = client.get(address).content.decode()
    assert (f'hx-post="{step}"' in beside, f'hx-get="{look}"' in beside) == (False, True)
    assert client.get(look, headers={"HX-Request": "true"}).status_code == 200
    worked(import_, datetime.now(UTC))
    assert client.get(look, headers={"HX-Request": "true"})["HX-Redirect"] == address
    assert "Lagre 230 aktiviteter" in client.get(address).content.decode()
