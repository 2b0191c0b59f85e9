"""Figures on their pages and in a terminal, over the golden example."""

import json
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.utils import translation

from samtall.accounts.models import User
from samtall.base.periods import Calendar, Period, year
from samtall.base.text import Words
from samtall.config.command_line import main
from samtall.figures import operations, queries
from samtall.figures.asking import Asked
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Rule, Unit
from samtall.figures.forms import Reading
from samtall.figures.models import Figure
from samtall.figures.sentences import sentences
from samtall.identities.models import Suspicion
from samtall.parties import operations as parties
from samtall.parties.models import Organisation
from tests.golden import RECORDED, VALIDATED, Golden

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(golden: Golden) -> Golden:
    operations.ensure_catalogue(by="system:test", at=RECORDED)
    return golden


@pytest.mark.usefixtures("catalogue")
def test_the_public_sees_public_figures_but_not_those_that_count_people(client: Client) -> None:
    page = client.get("/tall/?periode=2017").content.decode()
    assert "Virksomheter i samarbeid" in page
    assert "Personer på kurs" not in page
    assert client.get("/tall/people-on-courses/").status_code == 404


@pytest.mark.usefixtures("catalogue")
def test_who_may_not_open_the_list_is_told_why(client: Client, client_of: object, partner: User) -> None:
    address = "/tall/organisations-in-collaborations/?periode=2017"
    signed_in = client_of(partner).get(address).content.decode()  # type: ignore[operator]
    assert "en rolle for hele regionen" in signed_in
    assert "Logg inn for å åpne listen" not in signed_in
    assert "Logg inn for å åpne listen" in client.get(address).content.decode()


@pytest.mark.usefixtures("catalogue")
def test_a_reader_sees_figures_on_people_too(client_of: object, reader: User) -> None:
    page = client_of(reader).get("/tall/people-on-courses/?periode=2017")  # type: ignore[operator]
    assert page.context["shown"].result.value == 2


@pytest.mark.usefixtures("catalogue")
def test_a_figure_opens_into_what_it_counted(client_of: object, coordinator: User) -> None:
    page = client_of(coordinator).get("/tall/organisations-in-collaborations/liste/?periode=2017")  # type: ignore[operator]
    assert [line.label for line in page.context["behind"].lines] == ["A AS", "B AS", "D AB"]
    assert [len(line.things) for line in page.context["behind"].lines] == [2, 1, 1]


@pytest.mark.usefixtures("catalogue")
def test_the_list_needs_more_than_the_number(client: Client) -> None:
    page = client.get("/tall/collaborations/?periode=2017")
    assert (page.status_code, page.context["behind"]) == (200, None)
    assert client.get("/tall/collaborations/liste/").status_code == 302


@pytest.mark.usefixtures("catalogue")
def test_as_of_a_date_gives_the_answer_it_gave_then(client: Client) -> None:
    """On 8 January 2018 everything was sent in, on 9 January it was validated."""
    the_day_before = client.get("/tall/collaborations/?periode=2017&per=07.01.2018").context["shown"]
    sent_in = client.get("/tall/collaborations/?periode=2017&per=08.01.2018").context["shown"]
    validated = client.get("/tall/collaborations/?periode=2017&per=2018-01-09").context["shown"]
    assert [(shown.result.value, shown.pending) for shown in (the_day_before, sent_in, validated)] == [
        (0, 0),
        (0, 4),
        (4, 0),
    ]
    assert sent_in.between == "0–4"


@pytest.mark.usefixtures("catalogue")
def test_what_cannot_be_read_is_said_beside_its_field_and_the_page_still_stands(client: Client) -> None:
    for query in ("periode=tull", "per=31.02.2017", "etter=x", "side=-1", "versjon=99999999999"):
        answer = client.get(f"/tall/collaborations/?{query}")
        assert answer.status_code == 200, query
    page = client.get("/tall/collaborations/?periode=tull&per=31.02.2017")
    assert sorted(page.context["form"].errors) == ["per", "periode"]
    assert 'value="tull"' in page.content.decode()


@pytest.mark.usefixtures("catalogue")
def test_a_new_version_leaves_the_old_as_it_was(client: Client) -> None:
    operations.define(
        "collaborations",
        name=Words("Samarbeid", "Samarbeid", "Collaborations"),
        definition=Definition(unit=Unit.ACTIVITIES, families=("student",), rule=Rule.NEW),
        by="user:1",
        at=VALIDATED,
        reason="bare studentsamarbeid",
    )
    old = client.get("/tall/collaborations/?periode=2017&versjon=1").context
    new = client.get("/tall/collaborations/?periode=2017").context
    assert (old["shown"].result.value, new["shown"].result.value) == (4, 2)
    assert [event.text for event in new["versions"]] == ["bare studentsamarbeid", ""]


@pytest.mark.usefixtures("catalogue")
def test_the_reader_may_cut_time_otherwise_and_the_page_says_how(client: Client) -> None:
    page = client.get("/tall/collaborations/?kalender=semester&periode=2017V")
    assert page.context["shown"].result.value == 3  # two theses and the innovation project
    assert [row[0] for row in page.context["chart"].table.rows] == ["2016H", "2017V", "2017H"]
    assert "Tiden deles etter semester." in page.content.decode()


@pytest.mark.usefixtures("catalogue")
def test_the_whole_stands_beside_its_parts(client: Client) -> None:
    parts = client.get("/tall/organisations-in-any-activity/?periode=2017&etter=slag").context["divided"]
    assert parts.table.rows[-1][1:3] == (4, "100,0 %")
    assert sum(row[1] for row in parts.table.rows[:-1]) == 5
    assert [remark.split(":")[0] for remark in parts.remarks] == [
        "Delene blir til sammen 5, 1 mer enn det hele",
        "Andelene er av det hele",
    ]


@pytest.mark.usefixtures("catalogue")
def test_a_figure_is_divided_by_institution_and_by_what_else_it_stands_for(client: Client) -> None:
    rows = client.get("/tall/organisations-in-collaborations/?periode=2017&etter=institusjon").context["divided"]
    assert [row[:2] for row in rows.table.rows] == [("Høgskolen", 3), ("Det hele", 3)]
    for by in ("kommune", "slag", "sektor", "naering", "storrelse", "institusjon"):
        for figure in ("learner-days", "competence-jobs-net", "collaborations"):
            assert client.get(f"/tall/{figure}/?periode=2017&etter={by}").status_code == 200


@pytest.mark.usefixtures("catalogue")
def test_the_first_period_is_said_to_be_low_and_a_series_shows_where_a_new_version_begins(client: Client) -> None:
    operations.define(
        "collaborations",
        name=Words("Samarbeid", "Samarbeid", "Collaborations"),
        definition=Definition(unit=Unit.ACTIVITIES, families=("student",), rule=Rule.NEW),
        by="user:1",
        at=datetime(2017, 6, 1, tzinfo=UTC),
    )
    throughout = client.get("/tall/collaborations/?periode=2017").context["chart"].table.rows
    assert throughout == [["2016", 1, "den første perioden, trolig for lav"], ["2017", 2, ""]]
    then = client.get("/tall/collaborations/?periode=2017&versjon=da").context["chart"].table.rows
    assert [row[1:] for row in then] == [
        [1, "den første perioden, trolig for lav"],
        [2, "telt etter versjon 2 fra her"],
    ]


@pytest.mark.usefixtures("catalogue")
def test_the_numbers_are_taken_away_with_what_they_mean(client: Client) -> None:
    address = "/tall/organisations-in-collaborations/tall.{}?periode=2017&etter=slag"
    text = client.get(address.format("csv")).content.decode("utf-8-sig").splitlines()
    assert text[0].split(";")[:3] == ["Periode", "Del", "Eksakt"]
    assert "2017;Det hele;3;0;0;3;3;;1" in text
    assert any(line.startswith("Hva som telles;Teller ulike virksomheter") for line in text)
    book = openpyxl.load_workbook(BytesIO(client.get(address.format("xlsx")).content))
    numbers = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[:2] == ("2017", "Det hele")]
    assert (numbers[0][2], book.worksheets[1]["A1"].value) == (3, "Tall")


@pytest.mark.usefixtures("catalogue")
def test_every_posting_between_two_dates_is_told_with_what_it_did(
    client_of: object, coordinator: User, client: Client
) -> None:
    address = "/tall/organisations-in-collaborations/endringer/?periode=2017&fra=08.01.2018&til=10.01.2018"
    page = client_of(coordinator).get(address).context  # type: ignore[operator]
    assert (page["found"].before.value, page["found"].after.value, page["difference"]) == (0, 3, "+3")
    effects = [(one.effect, one.thing.title) for one in page["steps"]]
    assert sum(int(effect or 0) for effect, _title in effects) == 3
    assert sorted(effect for effect, _title in effects) == ["", "+1", "+1", "+1"]  # A is there twice, and counts once
    assert client.get(address).status_code == 302
    for odd in ("fra=x&til=31.02.2017&periode=tull", "fra=99999&til=3", "fra=", "side=x"):
        answer = client_of(coordinator).get(f"/tall/collaborations/endringer/?{odd}")  # type: ignore[operator]
        assert answer.status_code == 200


@pytest.mark.usefixtures("catalogue")
def test_what_tells_of_people_is_rounded_or_withheld_from_those_who_may_not_see_it(
    client: Client, client_of: object, reader: User
) -> None:
    Figure.objects.filter(slug="people-on-courses").update(public=True)
    people = "/tall/people-on-courses/?periode=2017"
    assert client.get(people).context["shown"].value == 0  # two people, rounded
    assert client_of(reader).get(people).context["shown"].value == 2  # type: ignore[operator]
    hours = "/tall/learner-days/?periode=2017"
    page = client.get(hours)
    assert (page.context["shown"].value, page.context["chart"].table.rows[-1][1]) == (None, None)
    assert "Færre enn fem personer" in page.content.decode()
    assert client_of(reader).get(hours).context["shown"].value == 2  # type: ignore[operator]
    for beside in (
        "etter=kommune",
        "etter=institusjon",
        "versjon=da",
        "kalender=semester",
        "periode=2017-03-03..2017-03-03",
    ):
        for address in (
            "/tall/learner-days/?",
            "/tall/learner-days/tall.csv?",
            "/tall/?",
            "/api/v1/figures/learner-days?",
        ):
            assert told(client.get(f"{address}{beside}")) == []


def told(answer: object) -> list[str]:
    """The two learner-days, where they are told."""
    text = answer.content.decode()  # type: ignore[attr-defined]
    return [line for line in text.splitlines() if ("Deltakerdager" in line and ">2<" in line) or ";2;0;" in line]


@pytest.mark.usefixtures("catalogue")
def test_a_figure_on_people_is_told_for_whole_periods_as_they_are_now() -> None:
    version = queries.current_version("people-on-courses")
    day = Period(date(2017, 3, 3), date(2017, 3, 3), "a day")
    reading = Reading(day, Calendar.YEAR, 3, date(2018, 1, 8), Grouping.NONE)
    asked = Asked.by(version, reading, with_people=False).reading
    assert (asked.period, asked.position, asked.as_of) == (year(2017), None, None)
    assert Asked.by(version, reading, with_people=True).reading == reading


@pytest.mark.usefixtures("catalogue")
def test_a_page_asks_the_same_number_of_questions_for_one_line_and_for_many(
    client_of: object, coordinator: User, django_assert_max_num_queries: object
) -> None:
    client = client_of(coordinator)  # type: ignore[operator]
    asked = []
    for period in ("2016", "2017"):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(f"/tall/organisations-in-collaborations/liste/?periode={period}")
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_a_definition_is_said_in_plain_words_in_three_languages(db: None) -> None:
    definition = Definition(unit=Unit.ORGANISATIONS, sides=("outside",), families=("student", "contact"))
    said = {}
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            said[language] = sentences(definition)
    assert said["en"] == [
        "Counts different organisations, each once, in student collaborations and contact with working life, "
        "other than the education parties.",
        "Takes what was going on for at least one day of the period.",
        "Organisations are counted as they were then; a later merger changes nothing.",
        "Time is divided by calendar year.",
        "The exact figure holds approved information only; what awaits approval stands beside it.",
    ]
    assert said["nb"][0].startswith("Teller ulike virksomheter, hver én gang, i studentsamarbeid")
    assert said["nn"][0].startswith("Tel ulike verksemder, kvar éin gong, i studentsamarbeid")


@pytest.mark.usefixtures("catalogue")
def test_the_terminal_gives_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["figures", "organisations-in-collaborations", "--period", "2017", "--list", "--json"]
    assert main(["--language", "en", *words]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["value"], answer["pending"], answer["activities"]) == (3, 0, 4)
    assert [line["label"] for line in answer["list"]] == ["A AS", "B AS", "D AB"]
    assert main([*words, "--as", "coordinator@samtall.example"]) == 0
    seen = json.loads(capsys.readouterr().out)["list"]
    assert [len(line["in"]) for line in seen] == [2, 1, 1]
    assert main([*words, "--as", "nobody@samtall.example"]) == 1
    capsys.readouterr()
    assert main(["figures", "learner-days", "--period", "2017", "--as-of", "2018-01-08"]) == 0
    assert "0" in capsys.readouterr().out.split()[0]


@pytest.mark.usefixtures("catalogue")
def test_the_terminal_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "figures", "nonsense"]) == 1
    assert "There is no figure “nonsense”." in capsys.readouterr().err
    assert main(["figures", "collaborations", "--period", "later"]) == 1
    assert main(["figures", "collaborations", "--as-of", "31.02.2017"]) == 1


@pytest.mark.usefixtures("catalogue")
def test_the_latest_year_is_where_the_books_end() -> None:
    assert queries.latest_start(date(2026, 1, 1)) == date(2017, 10, 4)


@pytest.mark.usefixtures("catalogue")
def test_those_who_may_be_the_same_are_told_beside_the_figure_and_not_of_an_earlier_day(
    client: Client, client_of: object, coordinator: User
) -> None:
    a, b = Organisation.objects.get(name="A AS"), Organisation.objects.get(name="B AS")
    outside = Organisation.objects.exclude(pk__in=(a.pk, b.pk)).exclude(number="").latest("pk")
    told = "1 av disse kan være den samme som en annen"
    address = "/tall/organisations-in-collaborations/?periode=2017"
    before = client.get(address).context["shown"].result
    Suspicion.objects.create(subject=b, organisation=a, probability=900, found_at=RECORDED)
    Suspicion.objects.create(
        subject=outside,
        organisation=parties.add_organisation("Ny", number="313000079", at=RECORDED),
        probability=900,
        found_at=RECORDED,
    )
    page = client.get(address)
    assert (told in page.content.decode(), page.context["shown"].result) == (True, before)
    assert "/virksomheter/avklaring/?vis=like" not in page.content.decode()
    assert "/virksomheter/avklaring/?vis=like" in client_of(coordinator).get(address).content.decode()  # type: ignore[operator]
    assert told not in client.get(f"{address}&per=09.01.2018").content.decode()
    assert told not in client.get("/tall/collaborations/?periode=2017").content.decode()
