"""A programme is chosen and shown by its name, wherever one says what belongs to it; the books keep its short name."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities import registry
from samtall.activities.forms import ActivityForm
from samtall.figures.choosing import DefinitionForm
from samtall.figures.definitions import Definition, Unit
from samtall.figures.sentences import sentences
from samtall.imports import operations as imports
from samtall.imports.plan import Plan
from samtall.imports.tests import files
from samtall.imports.tests.region import AT, HEADINGS, ROWS, settle, sheet
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK
from samtall.programmes.models import Programme


@pytest.fixture
def programme(db: None) -> Programme:
    return programmes.load(MIDT_TELEMARK, by="system:test", at=AT)


def test_the_first_activity_of_a_programme_is_put_in_it_by_its_name(
    programme: Programme, coordinator: User, client_of: Callable[[User], Client]
) -> None:
    assert ActivityForm(kind=registry.kind("thesis")).fields["programme"].choices[1:] == [  # type: ignore[attr-defined]
        (programme.slug, programme.name["nb"])
    ]
    day = date(2017, 1, 10)
    thesis = activities.record(
        "thesis",
        title="Trebru",
        starts=day,
        ends=day,
        state="completed",
        programme=programme.slug,
        details={"level": "bachelor"},
        by=coordinator,
        at=AT,
    )
    page = client_of(coordinator).get(f"/aktiviteter/{thesis.pk}/")
    assert ("Program", programme.name["nb"]) in page.context["facts"]


@pytest.mark.parametrize("written", ["nb", "nn", "en", "slug", "capitals"])
def test_a_spreadsheet_says_it_by_name_or_short_name(written: str, programme: Programme, coordinator: User) -> None:
    settle()
    text = {"slug": programme.slug, "capitals": programme.name["nb"].upper()}.get(written) or programme.name[written]
    plan = planned(text, coordinator)
    assert ([one.programme for one in plan.activities], plan.problems) == ([programme.slug], [])


def test_one_that_is_not_there_is_told_of_once_and_stands_beside_the_row(
    programme: Programme, coordinator: User
) -> None:
    settle()
    plan = planned("Bygda 2030", coordinator, rows=2)
    assert [one.programme for one in plan.activities] == ["", ""]
    assert [kept["text"] for one in plan.activities for kept in one.kept] == ["Bygda 2030"] * 2
    assert [(one.row, one.text, one.advice) for one in plan.problems] == [
        (
            2,
            "Det finnes ikke noe program «Bygda 2030» her. Radene tas inn uten det.",
            f"Skriv ett av disse: {programme.slug}.",
        )
    ]


def planned(text: str, by: User, rows: int = 1) -> Plan:
    said = [[*row, text] for row in ROWS[:rows]]
    file = files.xlsx(sheet(*said, headings=[*HEADINGS, "Program"]))
    return imports.plan(imports.upload(file, file_name="a.xlsx", by=by, at=AT), by=by, at=AT)


def test_a_figure_of_a_programme_is_made_and_told_by_name(programme: Programme) -> None:
    form = DefinitionForm({"unit": "activities", "programmes": [programme.slug]})
    assert form.is_valid(), form.errors
    assert form.definition == Definition(unit=Unit.ACTIVITIES, programmes=(programme.slug,))
    assert form.fields["programmes"].choices == [(programme.slug, programme.name["nb"])]  # type: ignore[attr-defined]
    assert programme.name["nb"] in sentences(form.definition)[0]
