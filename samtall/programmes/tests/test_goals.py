"""A programme's goals, targets and milestones: their pages, how they are changed, and the file they make."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.refusals import Invalid
from samtall.base.declarations import read_text
from samtall.config.command_line import main
from samtall.ledger.facts import Fact, Outcome, Side, Standing
from samtall.ledger.operations import restate
from samtall.parties import operations as parties
from samtall.parties.models import Organisation
from samtall.programmes import operations
from samtall.programmes.exporting import as_toml, text_of
from samtall.programmes.files import MIDT_TELEMARK, ProgrammeText, programme_of, read
from samtall.programmes.models import Change, Context, Goal, Milestone, Programme, Target

AT = datetime(2014, 1, 2, 8, tzinfo=UTC)
BY = "system:test"
PAGE = "/program/midt-telemark/"


@pytest.fixture
def programme(db: None) -> Programme:
    return operations.load(MIDT_TELEMARK, by=BY, at=AT)


@pytest.fixture
def manager(programme_manager: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(programme_manager)


@pytest.fixture
def employer(db: None) -> Organisation:
    return parties.add_organisation("Fjellsyn Data AS", number="310000019", at=AT)


def job(employer: Organisation, day: date, source: str, **values: Any) -> None:
    said: dict[str, Any] = {
        "kind": "competence_job",
        "family": "job",
        "role": "filled",
        "side": Side.OUTSIDE,
        "starts": day,
        "ends": day,
        "standing": Standing.VALIDATED,
        "outcome": Outcome.COMPLETED,
        "organisation": employer.pk,
        "municipality": "0821",
        "quantity": 20_000,
        "unit": "fte",
        "contribution": "direct",
    }
    restate(source, [Fact(**(said | values))], by=BY, at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def words(text: str, name: str = "text") -> dict[str, str]:
    return {f"{name}_{language}": text for language in ("nb", "nn", "en")}


def told(programme: Programme) -> ProgrammeText:
    return programme_of(read_text(as_toml(text_of(programme)), name="file"))


def test_the_page_shows_goals_as_a_tree_with_targets_and_what_serves_them(
    programme: Programme, employer: Organisation, client: Client
) -> None:
    job(employer, date(2016, 5, 4), "activity:1", kind="course", family="course", side=Side.EDUCATION, unit="")
    roots = client.get(PAGE).context["tree"]
    assert [(root.slug, [below.slug for below in root.below]) for root in roots] == [
        ("deling", ["kompetanse", "kjennskap", "delingskultur"]),
        ("hogskolesenteret", ["nytenking", "utviklingspartner"]),
    ]
    assert [target.slug for target in roots[1].targets] == ["kunnskapsarbeidsplasser"]
    assert next(below.served for below in roots[0].below) == "1 aktivitet tjener dette: kurs."


def test_an_activity_serves_the_goals_that_somebody_says_and_counts_when_it_is_in_the_books(
    programme: Programme, manager: Client, coordinator: User, employer: Organisation
) -> None:
    visit = activities.record("company_visit", title="Besøk", starts=date(2016, 5, 4), by=coordinator, at=AT)
    goal = programme.goals.get(slug="kompetanse")
    address = f"/aktiviteter/{visit.pk}/maal/"
    assert manager.post(address, {"goals": [goal.pk]})["Location"] == f"/aktiviteter/{visit.pk}/"
    assert str(goal.text["nb"]) in manager.get(f"/aktiviteter/{visit.pk}/").content.decode()

    def served() -> str:
        below: Any = manager.get(PAGE).context["tree"][0].below[0].served
        return str(below)

    assert served() == "0 aktiviteter tjener dette: kurs."
    job(employer, date(2016, 5, 4), visit.source, kind="company_visit", family="contact", unit="")
    assert served() == "0 aktiviteter tjener dette: kurs. 1 navngitt aktivitet tjener det også."
    manager.post(address, {})
    assert served() == "0 aktiviteter tjener dette: kurs."
    assert [change.what for change in Change.objects.all()[:2]] == ["goal:kompetanse"] * 2


@pytest.mark.parametrize("number", [str(2**63), "9" * 400, "x", ""])
def test_a_goal_that_there_cannot_be_is_told_of(number: str, manager: Client, coordinator: User) -> None:
    visit = activities.record("company_visit", title="Besøk", starts=date(2016, 5, 4), by=coordinator, at=AT)
    answer = manager.post(f"/aktiviteter/{visit.pk}/maal/", {"goals": [number]})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["goals"])


def test_a_target_says_in_words_how_it_stands_and_how_the_forecast_was_made(
    programme: Programme, employer: Organisation, client: Client
) -> None:
    for number, day in enumerate([date(2014, 5, 1), date(2014, 9, 1), date(2015, 3, 1), date(2015, 10, 1)]):
        job(employer, day, f"activity:{number}")
    page = client.get(f"{PAGE}mal/kunnskapsarbeidsplasser/", {"per": "2015-12-31", "lang": "nb"})
    target, course = page.context["target"], page.context["course"]
    assert target.status.words == "På vei"
    assert target.explanation == "Per 31. desember 2015 er veien på 59,9, og 80 er talt."
    assert course.forecast == (
        "Går det som i de siste 4 periodene, med 20 i hver i gjennomsnitt, blir det 200 innen fristen; "
        "med fire av fem sjanser mellom 200 og 200. Målet ligger innenfor det dette leder til."
    )
    assert page.content.decode().count('<figure class="chart">') == 1


def test_net_and_gross_are_told_by_how_far_the_programme_contributed(
    programme: Programme, employer: Organisation, client: Client
) -> None:
    """R14"""
    job(employer, date(2015, 5, 1), "activity:1")
    job(employer, date(2015, 6, 1), "activity:2", role="lost", quantity=-5_000, contribution="context")
    table = client.get(f"{PAGE}mal/kunnskapsarbeidsplasser/").context["grades"]
    assert [row[1:] for row in table.rows] == [(20, 20), (-5, 0), (15, 20)]


def test_official_statistics_stand_apart_with_source_date_and_vintage(programme: Programme, client: Client) -> None:
    target = programme.targets.get(slug="kunnskapsarbeidsplasser")
    values = {
        "target": target,
        "sort": Context.Sort.CONTROL,
        "text": {"nb": "Sysselsatte", "nn": "Sysselsette", "en": "Employed"},
        "value": 1_234_000,
        "dated": date(2016, 11, 15),
        "source": "SSB, tabell 11616",
        "published": date(2017, 6, 8),
    }
    before = client.get(f"{PAGE}mal/kunnskapsarbeidsplasser/").context["target"].actual
    operations.change(Context(programme=programme), values, by=BY, at=AT)
    page = client.get(f"{PAGE}mal/kunnskapsarbeidsplasser/")
    assert [row[1:] for row in page.context["controls"].rows] == [
        ("15.11.2016", 1234, "SSB, tabell 11616", "08.06.2017")
    ]
    assert page.context["target"].actual == before


def test_the_programme_manager_makes_a_target_and_a_milestone_in_the_browser(
    programme: Programme, manager: Client, programme_manager: User
) -> None:
    said = words("25 bedriftsbesøk") | {
        "figure": "student-collaborations",
        "way": "yearly",
        "baseline": "12,5",
        "value": "25",
        "since": "01.01.2015",
        "deadline": "31.12.2018",
        "steps": "31.12.2016 20\n31.12.2015 15",
        "goal": str(programme.goals.get(slug="kjennskap").pk),
    }
    page = manager.post(f"{PAGE}endre/resultatmaal/ny/", said)
    assert page["Location"] == f"{PAGE}mal/25-bedriftsbesok/"
    target = programme.targets.get(slug="25-bedriftsbesok")
    assert target.figure
    assert (target.figure.figure.slug, target.baseline, target.value, target.goal and target.goal.slug) == (
        "student-collaborations",
        12_500,
        25_000,
        "kjennskap",
    )
    assert target.steps == [["2015-12-31", 15_000], ["2016-12-31", 20_000]]
    milestone = words("Avtale") | {"due": "01.03.2016"}
    assert manager.post(f"{PAGE}endre/milepel/ny/?maal=25-bedriftsbesok", milestone).status_code == 302
    kept = target.milestones.get()
    undone = manager.post(f"{PAGE}endre/milepel/{kept.pk}/", milestone | {"done_on": "01.02.2016"})
    assert (undone.status_code, sorted(undone.context["form"].errors)) == (422, ["done_by", "evidence"])
    done = milestone | {"done_on": "01.02.2016", "done_by": "Kari", "evidence": "Sak 12/16"}
    assert manager.post(f"{PAGE}endre/milepel/{kept.pk}/", done).status_code == 302
    assert [change.by for change in Change.objects.all()[:3]] == [programme_manager.signature] * 3


def test_a_change_is_kept_with_who_and_how_it_read_before(
    programme: Programme, manager: Client, programme_manager: User
) -> None:
    target = programme.targets.get(slug="nettverk")
    said = words("20 nettverk") | {
        "way": "whole",
        "value": "25",
        "since": "01.01.2014",
        "deadline": "31.12.2018",
    }
    assert manager.post(f"{PAGE}endre/resultatmaal/{target.pk}/", said).status_code == 302
    change = Change.objects.latest("pk")
    assert (change.what, change.before["value"], change.after["value"]) == ("target:nettverk", 20_000, 25_000)
    event = manager.get(f"{PAGE}endringer/").context["events"][0]
    assert (event.who, "Å nå: fra 20 til 25." in event.text) == (str(programme_manager), True)


def test_a_target_stays_with_the_figure_it_was_set_with(programme: Programme) -> None:
    """R18"""
    target = programme.targets.get(slug="nettverk")
    with pytest.raises(ValueError, match="R18"):
        operations.change(target, {"figure": None}, by=BY, at=AT)


def test_what_cannot_be_read_is_said_at_its_place_and_nothing_is_lost(programme: Programme, manager: Client) -> None:
    said = words("X") | {
        "way": "whole",
        "value": "5",
        "since": "01.01.2018",
        "deadline": "01.01.2017",
        "steps": "31.13.2016 20",
    }
    page = manager.post(f"{PAGE}endre/resultatmaal/ny/", said)
    assert (page.status_code, sorted(page.context["form"].errors)) == (422, ["deadline", "figure", "steps"])
    assert "31.13.2016 20" in page.content.decode()


def test_no_goal_serves_itself(programme: Programme) -> None:
    above, below = programme.goals.get(slug="deling"), programme.goals.get(slug="kompetanse")
    with pytest.raises(Invalid):
        operations.change(above, {"serves": below}, by=BY, at=AT)
    assert Goal.objects.get(slug="deling").serves is None


def test_what_is_removed_stands_in_the_list_of_changes(programme: Programme, manager: Client) -> None:
    goal = programme.goals.get(slug="nytenking")
    assert manager.get(f"{PAGE}endre/maal/{goal.pk}/fjern/").status_code == 200
    manager.post(f"{PAGE}endre/maal/{goal.pk}/fjern/")
    assert not programme.goals.filter(slug="nytenking").exists()
    assert Change.objects.latest("pk").before["slug"] == "nytenking"


def test_the_file_that_is_written_means_what_the_file_that_was_read_meant(programme: Programme) -> None:
    assert told(programme) == read(MIDT_TELEMARK)


def test_everything_a_programme_can_hold_comes_back_from_its_file(programme: Programme) -> None:
    target = programme.targets.get(slug="studiested-bo")
    text = {"nb": 'Avtale «"\\\n\x7f', "nn": "Avtale", "en": "Agreement"}
    done = {"due": date(2016, 1, 1), "done_on": date(2016, 2, 1), "done_by": "Kari", "evidence": "Sak 1/16"}
    operations.change(Milestone(target=target), {"text": text} | done, by=BY, at=AT)
    steps = {"steps": [["2016-12-31", 12_500]], "way": "yearly", "value": 0, "baseline": 1_500}
    operations.change(programme.targets.get(slug="nettverk"), steps, by=BY, at=AT)
    number = {"sort": "population", "text": text, "value": 16_953_000, "dated": date(2015, 1, 1), "source": "SSB"}
    operations.change(Context(programme=programme), number, by=BY, at=AT)
    operations.change(programme, {"lead": {}}, by=BY, at=AT)
    before = told(programme)
    assert before == text_of(programme)
    operations.take(before, by=BY, at=AT)
    assert told(Programme.objects.get()) == before


def test_export_and_import_in_the_terminal(programme: Programme, tmp_path: Path) -> None:
    file = tmp_path / "programme.toml"
    assert main(["programme", "export", "midt-telemark", str(file)]) == 0
    assert read(file) == read(MIDT_TELEMARK)
    assert main(["programme", "import", str(file)]) == 0
    assert main(["programme", "export", "ingen"]) == 1


def test_a_file_is_downloaded_changed_and_uploaded(programme: Programme, manager: Client, client: Client) -> None:
    text = client.get(f"{PAGE}fil/").content.decode()
    changed = text.replace("Løft blikket sammen!", "Løft blikket!")
    page = manager.post(f"{PAGE}fil/ny/", {"file": SimpleUploadedFile("p.toml", changed.encode())})
    assert page.status_code == 302
    assert "Løft blikket!" in client.get(PAGE).content.decode()
    assert Change.objects.latest("pk").what == "file:midt-telemark"
    for broken in (b"slug = ", b"\xff\xfe", text.replace('"midt-telemark"', '"vest"', 1).encode(), b""):
        page = manager.post(f"{PAGE}fil/ny/", {"file": SimpleUploadedFile("p.toml", broken)})
        assert (page.status_code, bool(page.context["form"].errors)) == (422, True)


def test_the_next_region_starts_from_midt_telemarks_goals_in_its_own_years(
    programme: Programme, manager: Client
) -> None:
    said = words("Grenland", "name") | {"pattern": "", "region": "midt-telemark", "starts": "01.01.2026"}
    page = manager.post("/program/ny/", said)
    assert page["Location"] == "/program/grenland/endre/"
    made = Programme.objects.get(slug="grenland")
    assert made.goals.count() == 7
    assert [(one.since.year, one.deadline.year, one.reported) for one in made.targets.all()] == [(2026, 2030, {})] * 4
    assert made.paragraphs.count() == 0
    assert manager.post("/program/ny/", said).status_code == 422


def test_municipalities_are_compared_and_the_overlap_is_said(
    programme: Programme, employer: Organisation, client: Client
) -> None:
    """R3, R11: a business on courses in two municipalities is one business in the region."""
    for source, code in (("activity:1", "0821"), ("activity:2", "0819"), ("activity:3", "0822")):
        values: dict[str, Any] = {"kind": "course", "family": "course", "role": "business", "unit": "", "quantity": 0}
        job(employer, date(2016, 5, 4), source, municipality=code, **values)
    compared = client.get(f"{PAGE}mal/bedrifter-pa-kurs/sammenlign/").context["municipalities"]
    assert [(row[0], row[1]) for row in compared.table.rows] == [("Midt-Telemark", 1), ("Nome", 1), ("Regionen", 1)]
    assert "1 mer enn" in compared.remark


def test_regions_are_compared_only_beside_their_context(
    programme: Programme, employer: Organisation, client: Client
) -> None:
    job(employer, date(2016, 5, 4), "activity:1")
    programme.contexts.all().delete()
    choices = {"tall": "competence-jobs-net", "aar": "2016"}
    (row,) = client.get("/program/sammenlign/", choices).context["table"].rows
    assert row[1:4] == (None, None, None)
    text = {"nb": "Innbyggere", "nn": "Innbyggjarar", "en": "Inhabitants"}
    number = {"sort": "population", "text": text, "value": 16_000_000, "dated": date(2015, 1, 1), "source": "SSB"}
    operations.change(Context(programme=programme), number, by=BY, at=AT)
    (row,) = client.get("/program/sammenlign/", choices).context["table"].rows
    assert [str(cell) for cell in row[1:4]] == ["20", "1.2", "None"]
    assert "01.01.2015 (SSB)" in row[4]


def test_a_target_without_figure_has_a_page_too(programme: Programme, client: Client) -> None:
    values = {
        "slug": "plan",
        "ordering": 9,
        "text": {"nb": "Plan", "nn": "Plan", "en": "Plan"},
        "since": date(2014, 1, 1),
        "deadline": date(2018, 1, 1),
    }
    operations.change(Target(programme=programme), values, by=BY, at=AT)
    assert client.get(f"{PAGE}mal/plan/").context["target"].status.value == "cannot_tell"
    assert client.get(f"{PAGE}mal/plan/sammenlign/").status_code == 404
    assert client.get(PAGE).status_code == 200
