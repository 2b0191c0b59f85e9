"""Time travel: every page with a number says what it was on the day asked for, in one way, and keeps the day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.base import clock
from samtall.figures.models import Figure
from samtall.figures.operations import ensure_catalogue
from samtall.inquiries import operations as inquiries
from samtall.inquiries.declaration import STANDARD
from samtall.inquiries.models import Inquiry
from samtall.inquiries.states import State
from samtall.kinds.competence_job import operations as jobs
from samtall.parties import operations as parties
from samtall.parties.models import Organisation
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK
from samtall.programmes.models import Context, Programme

FIRST, SECOND = datetime(2017, 3, 1, 9, tzinfo=UTC), datetime(2017, 6, 1, 9, tzinfo=UTC)
BETWEEN = "30.04.2017"
PERIOD = "periode=2014-01-01..2017-12-31"


@pytest.fixture
def employer(coordinator: User, validator: User) -> Organisation:
    """Two jobs and two inquiries: one of each is in the books in March, the other from June on."""
    ensure_catalogue(by="system:test", at=FIRST)
    programme = programmes.load(MIDT_TELEMARK, by="system:test", at=FIRST)
    employer = parties.add_organisation(
        "Fjellsyn Data AS",
        number="310000019",
        attributes={"municipality": "0821", "valid_from": date(2010, 1, 1)},
        at=FIRST,
    )
    form = inquiries.save_form(STANDARD.read_text(), by="system:test", at=FIRST)
    for number, at in enumerate((FIRST, SECOND)):
        record(employer, coordinator, validator, at)
        asking = parties.add_organisation(f"Firma {number}", number=("313000028", "313000036")[number], at=at)
        said = {"organisation": asking.number, "contact_name": "K", "email": f"{number}@x.example"}
        inquiries.receive(form, said | {"description": "x"}, key=str(number), language="nb", at=at)
        inquiries.move(Inquiry.objects.latest("pk"), State.IN_DIALOGUE, by=coordinator, at=at)
    jobs.count(employer, on=date(2013, 12, 31), fte=Decimal(10), source="Brev", by=coordinator, at=SECOND)
    assert programme.targets.exists()
    return employer


def record(employer: Organisation, coordinator: User, validator: User, at: datetime) -> Activity:
    said: dict[str, Any] = {"by": coordinator, "at": at}
    details = {"change": "filled", "contribution": "direct", "baseline_on": "31.12.2013"}
    day = date(2016, 3, at.month)
    job = activities.record(
        "competence_job",
        title="Jobb",
        starts=day,
        municipality="0821",
        state="completed",
        details=details,
        **said,
    )
    activities.add_participation(job, role="employer", organisation=employer, quantity=Decimal(1), **said)
    activities.add_evidence(job, kind="confirmation", description="Brev", dated=day, **said)
    return activities.validate(activities.submit(job, **said), by=validator, at=at)


def card(context: Any, slug: str) -> Any:
    return next(one.value for one in context["figures"] if one.version.figure.slug == slug)


PAGES: dict[str, Callable[[Any], Any]] = {
    f"/tall/?{PERIOD}&q=kompetansearbeidsplasser": lambda page: card(page, "competence-jobs-gross"),
    f"/tall/competence-jobs-gross/?{PERIOD}": lambda page: page["shown"].value,
    f"/tall/competence-jobs-gross/liste/?{PERIOD}": lambda page: page["shown"].value,
    "/program/midt-telemark/?": lambda page: page["targets"][0].figure.result.value,
    "/program/midt-telemark/mal/TARGET/?": lambda page: page["target"].counted.figure.result.value,
    "/program/midt-telemark/mal/TARGET/sammenlign/?": lambda page: page["target"].figure.result.value,
    "/program/sammenlign/?tall=competence-jobs-gross&aar=2016": lambda page: page["table"].rows[0][1],
    "/?": lambda page: page["programmes"][0].targets[0].figure.result.value,
    "/fra-henvendelse-til-samarbeid/?": lambda page: page["funnel"] and int(page["funnel"].table.rows[0][1].label),
    "/kompetansearbeidsplasser/EMPLOYER/?": lambda page: len(page["account"].changes.rows),
}


def address(page: str, employer: Organisation, **more: str) -> str:
    programme = Programme.objects.get()
    target = programme.targets.order_by("pk").first()
    assert target
    found = page.replace("TARGET", target.slug).replace("EMPLOYER", str(employer.pk))
    return found + "".join(f"&{name}={value}" for name, value in more.items())


def municipalities(page: Any) -> int:
    return len(page["municipalities"].table.rows) if "municipalities" in page else 0


@pytest.fixture
def reading(employer: Organisation, coordinator: User, client_of: Callable[[User], Client]) -> Client:
    number = {"text": {"nb": "Folk", "nn": "Folk", "en": "People"}, "source": "SSB", "dated": date(2016, 1, 1)}
    Context.objects.create(programme=Programme.objects.get(), sort="population", value=10_000_000, **number)
    return client_of(coordinator)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_it_was_on_the_day_asked_for_with_as_many_queries(
    page: str, employer: Organisation, reading: Client, client: Client, settings: Settings
) -> None:
    settings.REMEMBER_ANSWERS = False
    told = PAGES[page]
    if page == "/?":
        reading = client  # what waits for somebody is of now, whatever is read below it
    reading.get(address(page, employer))  # what is read once
    with CaptureQueriesContext(connection) as now:
        shown_now = reading.get(address(page, employer)).context
    with CaptureQueriesContext(connection) as then:
        shown_then = reading.get(address(page, employer, per=BETWEEN)).context
    assert (told(shown_then), told(shown_now)) == (1, 2)
    # there were more municipalities then, and each is a row with two questions
    assert len(then) <= len(now) + 2 * (municipalities(shown_then) - municipalities(shown_now))
    assert told(reading.get(address(page, employer, per="01.06.2017")).context) == 2  # the end of that day


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_the_control_once_and_says_which_day_it_tells_of(
    page: str, employer: Organisation, reading: Client
) -> None:
    shown = reading.get(address(page, employer, per=BETWEEN)).content.decode()
    assert shown.count('name="per"') == 1
    assert f'value="{BETWEEN}"' in shown
    assert any(said in shown for said in ("30. april 2017", f"slik det var per {BETWEEN}"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("asked", ["31.02.2017", "tull", "TOMORROW"])
def test_a_day_that_is_none_or_has_not_been_is_told_of_and_all_is_read_now(
    page: str, asked: str, employer: Organisation, reading: Client
) -> None:
    asked = asked.replace("TOMORROW", f"{clock.today() + timedelta(days=1):%d.%m.%Y}")
    shown = reading.get(address(page, employer, per=asked))
    assert shown.status_code == 200
    assert "Tallene er som de er nå." in shown.content.decode()
    assert PAGES[page](shown.context) == 2


@pytest.mark.parametrize(
    ("page", "onward"),
    [
        ("/?", "/program/midt-telemark/?per=30.04.2017"),
        ("/program/midt-telemark/?", "/program/midt-telemark/mal/TARGET/?per=30.04.2017"),
        ("/program/midt-telemark/mal/TARGET/?", "/program/midt-telemark/mal/TARGET/sammenlign/?per=30.04.2017"),
        ("/program/midt-telemark/mal/TARGET/?", "/program/midt-telemark/?per=30.04.2017"),
        ("/program/midt-telemark/mal/TARGET/sammenlign/?", "/program/midt-telemark/mal/TARGET/?per=30.04.2017"),
        (f"/tall/competence-jobs-gross/?{PERIOD}", f"/tall/?{PERIOD}&amp;per=30.04.2017"),
        ("/fra-henvendelse-til-samarbeid/?", "/tall/organisations-that-asked/liste/?periode=2017&amp;per=30.04.2017"),
    ],
)
def test_the_day_is_kept_as_one_clicks_on(page: str, onward: str, employer: Organisation, reading: Client) -> None:
    shown = reading.get(address(page, employer, per=BETWEEN)).content.decode()
    assert f'href="{address(onward, employer)}"' in shown


@pytest.mark.parametrize("page", ["/program/midt-telemark/?", "/program/midt-telemark/mal/TARGET/?"])
def test_what_has_changed_since_is_a_click_away_from_a_target_for_its_own_version(
    page: str, employer: Organisation, reading: Client, client: Client
) -> None:
    context = reading.get(address(page, employer, per=BETWEEN)).context
    figure = context["targets"][0].figure if "targets" in context else context["target"].counted.figure
    shown = reading.get(address(page, employer, per=BETWEEN)).content.decode()
    assert figure.changes_url.replace("&", "&amp;") in shown
    explained = reading.get(figure.changes_url)
    assert explained.context["found"].value == 1
    assert [step.thing.title for step in explained.context["steps"] if step.step.effect] == ["Jobb"]
    assert f'name="versjon" value="{figure.version.number}"' in explained.content.decode()
    assert "/endringer/?periode" not in client.get(address(page, employer)).content.decode()


def test_who_may_not_read_figures_on_people_gets_no_day_for_those_and_is_told(
    employer: Organisation, reading: Client, client: Client
) -> None:
    Figure.objects.filter(slug="learner-days").update(public=True)
    page = f"/tall/learner-days/?{PERIOD}"
    theirs, ours = client.get(page).content.decode(), reading.get(page).content.decode()
    told = "Tall på personer er avrundet"
    assert (theirs.count('name="per"'), ours.count('name="per"')) == (0, 1)
    assert (told in theirs, told in ours) == (True, False)
    among = client.get(f"/tall/?{PERIOD}&per={BETWEEN}").context["figures"]
    assert {one.version.figure.slug: one.note for one in among if one.note} == {"learner-days": "slik det er nå"}


def test_a_position_that_is_not_reached_is_told_of(employer: Organisation, reading: Client) -> None:
    page = reading.get(f"/tall/competence-jobs-gross/?{PERIOD}&per=99999")
    assert page.context["shown"].value == 2
    assert "99999" in page.content.decode()
    assert list(page.context["form"].errors) == ["per"]
