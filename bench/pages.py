"""How long the main pages take, with the rooms as full as the ledger: in-process, signed in as a coordinator.

A page's own part is what it takes beyond the figures on it: beyond the queries that read the ledger.
"""

import statistics
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from stdnum.no import orgnr

from bench.generator import LAST_YEAR, Files
from bench.loading import reset_sequences
from bench.timing import seconds
from bench.workload import Task
from samtall.accounts import operations as accounts
from samtall.accounts.models import User
from samtall.activities.models import Activity, Participation
from samtall.activities.registry import kinds
from samtall.base import clock
from samtall.base.periods import FOREVER, Period
from samtall.base.text import Words, search_key
from samtall.figures import memo, queries
from samtall.figures import operations as figures
from samtall.figures.definitions import Definition
from samtall.ledger import operations as ledger
from samtall.ledger.facts import Fact, Side, Standing
from samtall.ledger.models import NEVER, Entry
from samtall.parties.models import Organisation
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK
from samtall.programmes.models import Programme, Target

_AT_ONCE = 5_000


@dataclass(frozen=True)
class Page:
    """A page's time and the part of it that is its own, in seconds, and its number of queries.

    `cold` is the first time, before any figure has been answered.
    """

    name: str
    total: float
    own: float
    queries: int
    cold: float = 0.0


def user_with(role: str) -> User:
    user = User.objects.filter(email=f"{role}@bench.example").first()
    if user is None:
        user = accounts.create_user(f"{role}@bench.example", role.capitalize(), at=clock.now())
        accounts.grant_role(user, role, by=None, at=clock.now())
    return user


def fill_rooms(files: Files) -> None:
    """Give the ledger's organisations and activities their rows in the rooms above it."""
    programmes.load(MIDT_TELEMARK, by="system:bench", at=clock.now())
    by = user_with("coordinator")
    _fill(Organisation, (_organisation(number) for number in range(1, files.organisations + 1)))
    firsts = Entry.objects.filter(line=1, reverses=None).order_by("pk")
    _fill(Activity, (_activity(first, by) for first in firsts.iterator()))
    table, entry = Participation._meta.db_table, Entry._meta.db_table
    reset_sequences(Organisation, Activity)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (activity_id, role, organisation_id, unit, outcome) "
            f"SELECT source_id, role, organisation, '', 'completed' FROM {entry} WHERE ended = %s",
            [NEVER],
        )
        cursor.execute("ANALYZE")


def _organisation(number: int) -> Organisation:
    """An organisation with the number that its id leads to; some have none, as no check digit fits."""
    name, digits = f"Virksomhet {number}", 70_000_000 + number
    registered = next((f"{digits}{check}" for check in range(10) if orgnr.is_valid(f"{digits}{check}")), "")
    return Organisation(pk=number, name=name, search_name=search_key(name), number=registered)


def _activity(first: Entry, by: User) -> Activity:
    """An activity as its first entry tells, of one of the kinds there are."""
    number, all_kinds = first.source_id, kinds()
    title = f"Aktivitet {number}"
    return Activity(
        pk=number,
        kind=all_kinds[number % len(all_kinds)].code,
        title=title,
        search_title=search_key(title),
        starts=first.starts,
        ends=None if first.ends == FOREVER else first.ends,
        municipality=first.municipality,
        state=Activity.State.COMPLETED,
        step=Activity.Step.VALIDATED,
        recorded_by=by,
        recorded_at=clock.now(),
    )


def _fill(model: Any, rows: Any) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, _AT_ONCE)):
        model.objects.bulk_create(batch)


def addresses() -> dict[str, str]:
    """The main pages. The organisation is one of the busiest hundredth."""
    figure = "organisations-in-collaborations"
    somebody = Organisation.objects.exclude(number="").filter(pk__gte=Organisation.objects.count() // 100)
    return {
        "front page": reverse("home"),
        "programme": reverse("programme", args=["midt-telemark"]),
        "figures": reverse("figures"),
        "figure": reverse("figure", args=[figure]),
        "list behind a figure": reverse("figure-list", args=[figure]),
        "activities": reverse("activities"),
        "organisation": reverse("organisation", args=[somebody.order_by("pk")[0].number]),
    }


def measure(runs: int) -> list[Page]:
    """The main pages, in the median of some runs after a first one."""
    warnings.filterwarnings("ignore", "No directory at")  # static files are served by nobody here
    client = _signed_in()
    measured = []
    for name, address in addresses().items():
        memo.forget()
        first = _once(client, name, address)
        times = [_once(client, name, address) for _ in range(runs)]
        measured.append(
            Page(
                name,
                statistics.median(page.total for page in times),
                statistics.median(page.own for page in times),
                times[-1].queries,
                first.total,
            )
        )
    return measured


def _signed_in() -> Client:
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(user_with("coordinator"))
    return client


def thirty_figures(tasks: Sequence[Task], runs: int) -> dict[str, float]:
    """Seconds for the thirty figures of dash30, by year over five years, as the product's pages ask for them."""
    asks = next(task for task in tasks if task.name == "dash30").asks

    def asked() -> None:
        for ask in asks:
            queries.series(ask.definition, ask.periods)

    def posted() -> None:
        ledger.restate("bench:thirty", [_thesis(next(_numbers))], by="system:bench", at=clock.now())

    memo.forget()
    found = {"the first time": seconds(asked), "again": statistics.median(seconds(asked) for _run in range(runs))}
    after = []
    for _run in range(runs):
        posted()
        after.append(seconds(asked))
    return found | {"after one more posting, of a thesis": statistics.median(after)}


_numbers = count(1)


def programme_of_thirty(tasks: Sequence[Task], runs: int) -> dict[str, float]:
    """Seconds for the page of a programme with a target for each figure of dash30, over its five years, by HTTP."""
    asks = next(task for task in tasks if task.name == "dash30").asks
    address = _make_programme([ask.definition for ask in asks], asks[0].periods)
    client = _signed_in()

    def asked() -> None:
        _once(client, "programme of thirty", address)

    def posted() -> None:
        ledger.restate("bench:thirty", [_thesis(next(_numbers))], by="system:bench", at=clock.now())

    memo.forget()
    found = {"the page, the first time": seconds(asked)}
    found["the page, again"] = statistics.median(seconds(asked) for _run in range(runs))
    after = []
    for _run in range(runs):
        posted()
        after.append(seconds(asked))
    return found | {"the page, after one more posting, of a thesis": statistics.median(after)}


def _make_programme(definitions: Sequence[Definition], periods: Sequence[Period]) -> str:
    """A programme with a target for each figure; gives its address."""
    said: dict[str, Any] = {"by": "system:bench", "at": clock.now()}
    first, last = periods[0].first, periods[-1].last
    region = Programme.objects.earliest("pk").region
    programme = Programme.objects.create(slug="thirty", region=region, name=_words("Tretti"), starts=first, ends=last)
    for number, definition in enumerate(definitions):
        name = Words.from_dict(_words(f"Tall {number}"))
        version = figures.make(f"thirty-{number}", name=name, definition=definition, public=True, **said)
        Target.objects.create(
            programme=programme,
            slug=f"target-{number}",
            ordering=number,
            text=_words(f"Resultatmål {number}"),
            figure=version,
            value=1_000_000,
            since=first,
            deadline=last,
        )
    return reverse("programme", args=[programme.slug])


def _words(text: str) -> dict[str, str]:
    return Words(text, text, text).as_dict()


def _thesis(organisation: int) -> Fact:
    day = date(LAST_YEAR, 3, 1)
    return Fact(
        kind="thesis",
        family="student",
        role="host",
        side=Side.OUTSIDE,
        standing=Standing.VALIDATED,
        starts=day,
        ends=day,
        organisation=organisation,
        municipality="0301",
    )


def _once(client: Client, name: str, address: str) -> Page:
    in_ledger, queries = 0.0, 0

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal in_ledger, queries
        began = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            queries += 1
            in_ledger += (time.perf_counter() - began) * (Entry._meta.db_table in sql)

    began = time.perf_counter()
    with connection.execute_wrapper(watch):
        response = client.get(address)
    total = time.perf_counter() - began
    if response.status_code != 200:
        raise AssertionError(f"{address} answers {response.status_code}")
    return Page(name, total, total - in_ledger, queries)
