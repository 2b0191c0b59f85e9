"""The main job, end to end: a spreadsheet comes in, a second person validates, the figures move, the past stands."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.base.clock import today
from samtall.base.periods import year
from samtall.figures import queries
from samtall.ledger import queries as ledger
from samtall.ledger.verify import verify
from tests.collaborations import make_region, spreadsheet

pytestmark = pytest.mark.django_db


def uploaded(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("samarbeid.xlsx", content)


def organisations_in_2017(position: int | None = None) -> tuple[object, object, int]:
    version = queries.current_version("organisations-in-collaborations")
    result = queries.value(version, year(2017), position=position)
    return result.value, result.pending.value, result.unidentified


@pytest.fixture
def region(db: None) -> None:
    make_region()


@pytest.mark.usefixtures("region")
def test_from_a_spreadsheet_to_a_figure_and_back_in_time(
    client_of: Callable[[User], Client], coordinator: User, validator: User, client: Client
) -> None:
    before = ledger.position()
    desk, colleague = client_of(coordinator), client_of(validator)

    sheet = spreadsheet()
    preview = desk.post("/import/", {"file": uploaded(sheet)}, follow=True)
    address = preview.request["PATH_INFO"]
    assert organisations_in_2017() == (0, 0, 0)
    desk.post(f"{address}start/")
    while (done := desk.post(f"{address}steg/", follow=True)).context["import"].state == "running":
        pass
    assert done.status_code == 200
    assert Activity.objects.filter(step="submitted").count() == 3
    assert organisations_in_2017() == (0, 2, 1)
    imported = ledger.position()

    pks = list(Activity.objects.values_list("pk", flat=True))
    desk.post("/godkjenning/", {"activity": pks})
    assert organisations_in_2017() == (0, 2, 1)  # who sent in cannot validate (R7)
    answer = colleague.post("/godkjenning/", {"activity": pks}, follow=True)
    assert answer.status_code == 200
    assert organisations_in_2017() == (2, 0, 1)

    assert organisations_in_2017(before) == (0, 0, 0)
    assert organisations_in_2017(imported) == (0, 2, 1)
    page = client.get(f"/tall/organisations-in-collaborations/?periode=2017&per={today():%d.%m.%Y}")
    assert (page.context["shown"].result.value, page.context["shown"].between) == (2, "2–3")
    yesterday = client.get("/tall/organisations-in-collaborations/?periode=2017&per=31.12.2016")
    assert yesterday.context["shown"].result.value == 0

    behind = desk.get("/tall/organisations-in-collaborations/liste/?periode=2017").context["behind"]
    assert [(line.label, line.status) for line in behind.lines] == [
        ("Fjellkraft AS", "telt"),
        ("Frukthagen AS", "telt"),
        ("Et firma uten nummer", "ikke identifisert"),
    ]
    assert [thing.label for thing in behind.lines[0].things] == ["Vannkraft i Bø"]

    assert (
        desk.post("/import/", {"file": uploaded(sheet)}, follow=True).request["PATH_INFO"] == address
    )  # the same file (I8)
    assert desk.post(f"{address}start/", follow=True).status_code == 200  # a second press of the button
    again = desk.post("/import/", {"file": uploaded(spreadsheet())}, follow=True).request["PATH_INFO"]
    assert desk.post(f"{again}start/", follow=True).request["PATH_INFO"] == address  # the same rows, saved anew
    assert Activity.objects.count() == 3

    desk.post(f"{address}angre/", {"reason": "feil liste"})
    while desk.post(f"{address}steg/", follow=True).context["import"].state == "undoing":
        pass
    assert organisations_in_2017() == (0, 0, 0)
    assert organisations_in_2017(imported) == (0, 2, 1)
    assert verify().faults == []


def test_the_dates_of_the_rows_are_what_the_sheet_says(
    region: None, client_of: Callable[[User], Client], coordinator: User
) -> None:
    desk = client_of(coordinator)
    address = desk.post("/import/", {"file": uploaded(spreadsheet())}, follow=True).request["PATH_INFO"]
    desk.post(f"{address}start/")
    while desk.post(f"{address}steg/", follow=True).context["import"].state == "running":
        pass
    assert sorted(Activity.objects.values_list("title", "starts", "ends", "municipality")) == [
        ("Epler på nett", date(2016, 8, 15), date(2017, 6, 1), "0822"),
        ("Ukjent vert", date(2017, 2, 1), date(2017, 6, 1), "0819"),
        ("Vannkraft i Bø", date(2017, 1, 10), date(2017, 6, 20), "0821"),
    ]
