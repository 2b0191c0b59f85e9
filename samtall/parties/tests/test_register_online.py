"""Fetching the register and following its feed, over real HTTP: with errors, cuts, limits, and nothing done twice."""

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django import Settings

from samtall.config.command_line import main
from samtall.parties.models import (
    Establishment,
    EstablishmentAttributes,
    Organisation,
    OrganisationAttributes,
    RegisterCursor,
    RegisterLoad,
    RemovedUnit,
)
from samtall.parties.operations import add_person
from samtall.parties.queries import register_age
from samtall.parties.register.asking import Connection, RegisterNotReached
from samtall.parties.register.columns import Kind
from samtall.parties.register.download import CannotWrite, fetched
from samtall.parties.register.fetching import fetch
from samtall.parties.register.files import NotAnExtract
from samtall.parties.register.loading import Progress, load
from samtall.parties.register.updating import LINES_PER_STEP, NoRegister, Updated, catch_up, refuse_without_register
from samtall.parties.register.work import keep_current
from samtall.parties.tests.conftest import Installation
from samtall.parties.tests.register_server import (
    Mishap,
    RegisterServer,
    cut,
    hang_up,
    nonsense,
    status,
    too_slow,
    usual,
)
from samtall.parties.tests.test_register import SITE, numbers

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 6, 8, tzinfo=UTC)
OWNER, SITES = "974760673", "971424346"


def company(number: str = OWNER, name: str = "BØ BYGG AS", **more: Any) -> dict[str, Any]:
    return {
        "organisasjonsnummer": number,
        "navn": name,
        "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap"},
        "naeringskode1": {"kode": "43.210", "beskrivelse": "Elektrisk installasjonsarbeid"},
        "forretningsadresse": {"adresse": ["Gvarvvegen 1", None], "postnummer": "3810", "kommunenummer": "4020"},
        "konkurs": False,
        **more,
    }


@pytest.fixture
def register(settings: Settings, tmp_path: Path) -> Iterator[RegisterServer]:
    held = RegisterServer()
    held.units["enheter"] = {OWNER: company(), "971032081": company("971032081", "NOME RØR AS")}
    held.units["underenheter"] = {SITES: {**SITE, "naeringskode1": {"kode": "43.210"}}}
    server = held.serve()
    settings.REGISTER_URL, settings.DATA = held.url, tmp_path
    yield held
    server.shutdown()
    server.server_close()


class Patience:
    """How long the client was asked to wait; it does not."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def connection(self) -> Connection:
        return Connection(timeout=0.3, wait=self.waits.append)


@pytest.fixture
def patience() -> Patience:
    return Patience()


def fetch_all(patience: Patience, at: datetime = AT) -> list[Progress]:
    with patience.connection() as connection:
        return [fetch(kind, connection, at=at) for kind in Kind]


def update(patience: Patience, at: datetime = AT) -> Updated:
    done = Updated()
    with patience.connection() as connection:
        while catch_up(at, connection=connection, done=done):
            pass
    return done


def counts(done: Updated) -> tuple[int, int, int, int]:
    return done.lines, done.new, done.changed, done.removed


@pytest.mark.django_db
def test_the_whole_register_is_fetched_and_loaded_and_the_files_are_thrown_away(
    register: RegisterServer, patience: Patience, tmp_path: Path
) -> None:
    legal, sites = fetch_all(patience)
    assert [(done.rows, done.new, done.problems) for done in (legal, sites)] == [(2, 2, []), (1, 1, [])]
    site = Establishment.objects.get()
    assert (site.organisation.number, site.attributes.get().owner) == (OWNER, OWNER)
    loads = RegisterLoad.objects.order_by("pk").values_list("kind", "dated", "complete")
    assert list(loads) == [("enheter", date(2026, 11, 2), True), ("underenheter", date(2026, 11, 2), True)]
    assert list((tmp_path / "register").iterdir()) == []


@pytest.mark.django_db
def test_fetching_again_the_same_day_fetches_nothing(register: RegisterServer, patience: Patience) -> None:
    fetch_all(patience)
    again = fetch_all(patience)
    assert [done.already_done for done in again] == [True, True]
    assert RegisterLoad.objects.count() == 2


@pytest.mark.django_db
def test_a_cut_connection_goes_on_where_it_was_cut(register: RegisterServer, patience: Patience) -> None:
    register.mishaps = [cut(100), cut(50)]
    with patience.connection() as connection:
        assert fetch(Kind.ENHETER, connection, at=AT).new == 2
    assert patience.waits == [1.0, 2.0]
    assert len(register.asked) == 3


@pytest.mark.django_db
def test_what_came_before_giving_up_is_used_the_next_time(
    register: RegisterServer, patience: Patience, tmp_path: Path
) -> None:
    register.mishaps = [cut(120)] + [hang_up] * 5
    with patience.connection() as connection, pytest.raises(RegisterNotReached):
        fetch(Kind.ENHETER, connection, at=AT)
    assert (tmp_path / "register" / "enheter.part").stat().st_size == 120
    sizes: list[tuple[int, int]] = []
    with patience.connection() as connection:
        fetch(Kind.ENHETER, connection, at=AT, downloading=lambda here, whole: sizes.append((here, whole)))
    whole = len(register.file("enheter"))
    assert sizes == [(whole, whole)]
    assert Organisation.objects.count() == 2


@pytest.mark.django_db
def test_a_file_made_anew_meanwhile_is_fetched_from_its_beginning(register: RegisterServer, patience: Patience) -> None:
    register.mishaps = [cut(120)] + [hang_up] * 5
    with patience.connection() as connection, pytest.raises(RegisterNotReached):
        fetch(Kind.ENHETER, connection, at=AT)
    del register.units["enheter"]["971032081"]
    register.made_on = "2026-11-03"
    fetch_all(patience)
    assert [unit.number for unit in Organisation.objects.all()] == [OWNER]
    assert RegisterLoad.objects.filter(dated=date(2026, 11, 3)).count() == 2


@pytest.mark.django_db
def test_a_part_longer_than_the_file_is_thrown_away(
    register: RegisterServer, patience: Patience, tmp_path: Path
) -> None:
    register.mishaps = [cut(120)] + [hang_up] * 5
    with patience.connection() as connection, pytest.raises(RegisterNotReached):
        fetch(Kind.ENHETER, connection, at=AT)
    (tmp_path / "register" / "enheter.part").write_bytes(b"x" * 10_000)
    with patience.connection() as connection:
        assert fetch(Kind.ENHETER, connection, at=AT).new == 2


@pytest.mark.django_db
def test_a_damaged_file_is_refused_and_fetched_anew_the_next_time(
    register: RegisterServer, patience: Patience, tmp_path: Path
) -> None:
    register.bulk = register.file("enheter")[:-10]
    with patience.connection() as connection, pytest.raises(NotAnExtract):
        fetch(Kind.ENHETER, connection, at=AT)
    assert fetched(Kind.ENHETER, tmp_path / "register") is None
    assert RegisterCursor.objects.count() == 0
    register.bulk = None
    with patience.connection() as connection:
        assert fetch(Kind.ENHETER, connection, at=AT).rows == 2


@pytest.mark.django_db
def test_a_file_that_cannot_be_written_is_told_of(register: RegisterServer, patience: Patience, tmp_path: Path) -> None:
    (tmp_path / "register").write_text("not a folder")
    with patience.connection() as connection, pytest.raises(CannotWrite):
        fetch(Kind.ENHETER, connection, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mishaps", "waits"),
    [
        ([status(503), status(500)], [1.0, 2.0]),
        ([status(429, Retry_After="7")], [7.0]),
        ([status(429, Date="Fri, 06 Nov 2026 08:00:00 GMT", Retry_After="Fri, 06 Nov 2026 08:00:30 GMT")], [30.0]),
        ([status(429, Retry_After="soon")], [1.0]),
        ([hang_up, too_slow], [1.0, 2.0]),
    ],
)
def test_what_passes_is_waited_for_as_long_as_the_register_says(
    register: RegisterServer, patience: Patience, mishaps: list[Mishap], waits: list[float]
) -> None:
    register.mishaps = mishaps
    with patience.connection() as connection:
        assert fetch(Kind.ENHETER, connection, at=AT).new == 2
    assert patience.waits == waits


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mishaps", "words"),
    [
        ([hang_up] * 6, "cannot be reached: the connection was refused or broken"),
        ([too_slow] * 6, "cannot be reached: it did not answer in time"),
        ([status(502)] * 6, "cannot be reached: it answered 502"),
        ([status(429, Retry_After="3600")], "come back in 60 minutes"),
        ([status(403)], "answered 403 to http://127.0.0.1"),
        ([status(404)], "answered 404 to http://127.0.0.1"),
        ([nonsense], "cannot be read"),
    ],
)
def test_giving_up_is_one_clear_line_and_changes_nothing(
    register: RegisterServer, patience: Patience, mishaps: list[Mishap], words: str
) -> None:
    fetch_all(patience)
    before = list(RegisterCursor.objects.values())
    register.happens("enheter", OWNER, "Endring")
    register.mishaps = mishaps
    with translation.override("en"), pytest.raises(RegisterNotReached) as refusal:
        update(patience)
    assert words in str(refusal.value)
    assert list(RegisterCursor.objects.values()) == before


@pytest.mark.django_db
def test_what_is_new_changed_or_closed_is_followed_and_nothing_is_done_twice(
    register: RegisterServer, patience: Patience
) -> None:
    fetch_all(patience)
    register.units["enheter"][OWNER] = company(name="MIDT BYGG AS", konkurs=True)
    register.units["enheter"]["889640782"] = company("889640782", "NYTT AS")
    register.units["enheter"]["971032081"] = {
        "organisasjonsnummer": "971032081",
        "navn": "NOME RØR AS",
        "organisasjonsform": {"kode": "AS"},
        "slettedato": "2026-11-04",
    }
    register.happens("enheter", "889640782", "Ny")
    register.happens("enheter", OWNER, "Endring")
    register.happens("enheter", OWNER, "Endring")
    register.happens("enheter", "971032081", "Sletting")
    assert counts(update(patience)) == (4, 1, 2, 0)
    was, now = OrganisationAttributes.objects.filter(organisation__number=OWNER)
    assert (was.name, was.status, was.last_seen) == ("BØ BYGG AS", "", date(2026, 11, 2))
    assert (now.name, now.status, now.valid_from) == ("MIDT BYGG AS", "bankrupt", date(2026, 11, 6))
    assert Organisation.objects.get(number="971032081").closed_on == date(2026, 11, 4)
    assert Organisation.objects.get(number="889640782").name == "NYTT AS"
    before = list(OrganisationAttributes.objects.values()), list(Organisation.objects.values())
    assert counts(update(patience)) == (0, 0, 0, 0)
    RegisterCursor.objects.update(position=None)
    assert counts(update(patience)) == (4, 0, 0, 0)
    assert (list(OrganisationAttributes.objects.values()), list(Organisation.objects.values())) == before


@pytest.mark.django_db
def test_a_work_site_that_is_sold_and_closed_is_followed(register: RegisterServer, patience: Patience) -> None:
    fetch_all(patience)
    register.units["underenheter"][SITES]["overordnetEnhet"] = "971032081"
    register.happens("underenheter", SITES, "Endring")
    assert counts(update(patience)) == (1, 0, 1, 0)
    assert list(EstablishmentAttributes.objects.values_list("owner", flat=True)) == [OWNER, "971032081"]
    register.units["underenheter"][SITES] = {
        "organisasjonsnummer": SITES,
        "navn": "GVARV AVD",
        "organisasjonsform": {"kode": "BEDR"},
        "slettedato": "2026-11-05",
        "nedleggelsesdato": "2026-11-01",
    }
    register.happens("underenheter", SITES, "Sletting")
    assert counts(update(patience)) == (1, 0, 1, 0)
    site = Establishment.objects.get()
    assert (site.closed_on, site.organisation.number) == (date(2026, 11, 5), "971032081")


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["Fjernet", "Endring"])
def test_what_the_register_takes_back_is_erased_and_no_old_extract_brings_it_here_again(
    register: RegisterServer, patience: Patience, tmp_path: Path, line: str
) -> None:
    fetch_all(patience)
    old = tmp_path / "enheter_2026-11-01.json.gz"
    old.write_bytes(register.file("enheter"))
    register.removed = {"971032081"}
    del register.units["enheter"]["971032081"]
    register.happens("enheter", "971032081", line)
    assert counts(update(patience)) == (1, 0, 0, 1)
    assert not Organisation.objects.filter(number="971032081").exists()
    assert not OrganisationAttributes.objects.filter(name="NOME RØR AS").exists()
    assert load(old, at=AT).new == 0
    assert list(RemovedUnit.objects.values_list("number", flat=True)) == ["971032081"]
    register.removed = set()
    register.units["enheter"]["971032081"] = company("971032081", "NOME RØR AS")
    register.happens("enheter", "971032081", "Ny")
    assert counts(update(patience))[1:] == (1, 0, 0)


@pytest.mark.django_db
def test_where_something_of_ours_refers_to_a_removed_unit_a_bare_number_remains(
    register: RegisterServer, patience: Patience
) -> None:
    fetch_all(patience)
    organisation = Organisation.objects.get(number="971032081")
    person = add_person("Kari Lie", organisation=organisation)
    register.removed = {"971032081", SITES, OWNER}
    for kind, number in (("enheter", "971032081"), ("enheter", OWNER), ("underenheter", SITES)):
        register.happens(kind, number, "Fjernet")
        del register.units[kind][number]
    assert update(patience).removed == 3
    person.refresh_from_db()
    kept = person.organisation
    assert kept
    assert (kept.name, kept.form, kept.attributes.count()) == ("971\u00a0032\u00a0081", "", 0)
    assert (list(Organisation.objects.all()), Establishment.objects.count()) == ([kept], 0)


@pytest.mark.django_db
def test_lines_from_before_the_extract_are_passed_over_unless_the_register_took_something_back(
    register: RegisterServer, patience: Patience, tmp_path: Path
) -> None:
    old = tmp_path / "enheter_2026-10-01.json.gz"
    old.write_bytes(register.file("enheter"))
    load(old, at=AT)
    register.removed = {"971032081"}
    del register.units["enheter"]["971032081"]
    register.happens("enheter", OWNER, "Endring", on="2026-10-02T04:00:00.000Z")
    register.happens("enheter", "971032081", "Fjernet", on="2026-10-03T04:00:00.000Z")
    fetch_all(patience)
    assert Organisation.objects.get(number="971032081").closed_on == date(2026, 11, 2)
    register.asked.clear()
    assert counts(update(patience)) == (2, 0, 0, 1)
    assert [path for path in register.asked if OWNER in path] == []
    assert not Organisation.objects.filter(number="971032081").exists()


@pytest.mark.django_db
def test_a_step_that_fails_halfway_keeps_what_came_and_the_next_goes_on(
    register: RegisterServer, patience: Patience
) -> None:
    fetch_all(patience)
    new = [number for number, _ in zip(numbers(), range(250), strict=False)]
    for number in new:
        register.units["enheter"][number] = company(number, "NYTT AS")
        register.happens("enheter", number, "Ny")
    register.mishaps = [usual, usual] + [status(500)] * 6
    with pytest.raises(RegisterNotReached):
        update(patience)
    assert Organisation.objects.filter(name="NYTT AS").count() == 100
    assert RegisterCursor.objects.get(kind="enheter").position == 199
    assert counts(update(patience)) == (150, 150, 0, 0)


@pytest.mark.django_db
def test_of_units_that_a_complete_extract_lacks_each_is_closed_that_day_in_whatever_order(
    register: RegisterServer, patience: Patience, tmp_path: Path
) -> None:
    all_units = register.file("enheter")
    fetch_all(patience)
    del register.units["enheter"]["971032081"]
    register.made_on = "2026-11-05"
    assert [done.closed for done in fetch_all(patience)] == [1, 0]
    assert Organisation.objects.get(number="971032081").closed_on == date(2026, 11, 5)
    between = tmp_path / "enheter_2026-11-04.json.gz"
    between.write_bytes(all_units)
    load(between, at=AT)
    assert Organisation.objects.get(number="971032081").closed_on == date(2026, 11, 5)
    earlier = tmp_path / "enheter_2026-10-01.json.gz"
    register.units["enheter"]["889640782"] = company("889640782", "GAMMELT AS")
    earlier.write_bytes(register.file("enheter"))
    assert load(earlier, at=AT).closed == 1
    assert Organisation.objects.get(number="889640782").closed_on == date(2026, 11, 2)


@pytest.mark.django_db
def test_a_partial_extract_closes_nothing_and_one_that_lacks_too_much_is_not_complete(
    register: RegisterServer, tmp_path: Path
) -> None:
    for number, _ in zip(numbers(), range(300), strict=False):
        register.units["enheter"][number] = company(number, "ET AS")
    first, second = tmp_path / "enheter_2026-10-01.json.gz", tmp_path / "enheter_2026-10-02.json.gz"
    first.write_bytes(register.file("enheter"))
    register.units["enheter"] = {OWNER: company()}
    second.write_bytes(register.file("enheter"))
    load(first, at=AT, complete=True)
    assert load(second, at=AT).closed == 0
    done = load(second, at=AT, complete=True)
    assert (done.closed, len(done.problems)) == (0, 1)
    assert Organisation.objects.exclude(closed_on=None).count() == 0
    assert list(RegisterLoad.objects.order_by("pk").values_list("complete", flat=True)) == [True, False]


@pytest.mark.django_db
def test_how_old_the_register_is_can_be_asked(register: RegisterServer, patience: Patience) -> None:
    assert register_age() == []
    fetch_all(patience)
    assert [(age.kind, age.read_on, age.complete) for age in register_age()] == [
        ("enheter", date(2026, 11, 2), True),
        ("underenheter", date(2026, 11, 2), True),
    ]
    update(patience)
    assert [age.read_on for age in register_age()] == [date(2026, 11, 6)] * 2


@pytest.mark.django_db
def test_without_a_whole_register_there_is_nothing_to_update(register: RegisterServer, patience: Patience) -> None:
    with pytest.raises(NoRegister):
        refuse_without_register()
    assert catch_up(AT) is False
    assert register.asked == []


@pytest.mark.django_db
def test_in_the_background_the_feed_is_followed_once_a_day_when_that_is_wanted(
    register: RegisterServer, patience: Patience, settings: Settings
) -> None:
    fetch_all(patience)
    for number, _ in zip(numbers(), range(LINES_PER_STEP + 1), strict=False):
        register.units["enheter"][number] = company(number, "NYTT AS")
        register.happens("enheter", number, "Ny")
    register.asked.clear()
    assert (keep_current(AT), register.asked) == (False, [])
    settings.REGISTER_UPDATES = True
    assert [keep_current(AT), keep_current(AT)] == [True, False]
    assert Organisation.objects.filter(name="NYTT AS").count() == LINES_PER_STEP + 1
    register.asked.clear()
    assert (keep_current(AT + timedelta(hours=23)), register.asked) == (False, [])
    assert (keep_current(AT + timedelta(hours=24)), len(register.asked)) == (False, 2)


@pytest.mark.django_db
def test_the_commands_tell_what_they_did(register: RegisterServer, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--language", "en", "register"]
    assert main([*words, "status"]) == 0
    assert main([*words, "update"]) == 1
    assert main([*words, "fetch"]) == 0
    register.happens("enheter", OWNER, "Endring")
    assert main([*words, "update"]) == 0
    assert main([*words, "status"]) == 0
    said = capsys.readouterr()
    assert said.err == "There is no whole register here to update. Fetch it first: samtall register fetch\n"
    first, *middle, legal, sites = said.out.splitlines()
    assert first == "No register is loaded."
    assert middle == [
        "Legal units",
        "2 rows read: 2 new units, 0 changed, 0 skipped.",
        "Work sites",
        "1 rows read: 1 new units, 0 changed, 0 skipped.",
        "1 lines read: 0 new units, 0 changed, 0 removed, 0 skipped.",
    ]
    assert legal.startswith("Legal units: the whole register of 11/02/2026, updated ")
    assert sites.startswith("Work sites: the whole register of 11/02/2026, updated ")


def test_an_update_that_is_killed_goes_on_where_it_was(register: RegisterServer, tmp_path: Path) -> None:
    installation = Installation(tmp_path / "own")
    installation.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    wanted = [number for number, _ in zip(numbers(), range(1500), strict=False)]
    for number in wanted:
        register.units["enheter"][number] = company(number, "NYTT AS")
    os.environ["SAMTALL_REGISTER_URL"] = register.url
    try:
        call = "from samtall.config.command_line import main; main(['--language', 'en', 'register', {!r}])"
        held, register.units["enheter"] = register.units["enheter"], {OWNER: company()}
        installation.python(call.format("fetch"))
        register.units["enheter"] = held
        for number in wanted:
            register.happens("enheter", number, "Ny", on="2026-11-24T04:00:00.000Z")
        database = sqlite3.connect(installation.data / "samtall.sqlite3")
        count = "SELECT count(*) FROM parties_organisation WHERE name = 'NYTT AS'"
        process = installation.start(call.format("update"))
        deadline = time.monotonic() + 60
        while database.execute(count).fetchone()[0] < 300 and time.monotonic() < deadline:
            time.sleep(0.005)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        reached = database.execute(count).fetchone()[0]
        assert 300 <= reached < 1500
        out = installation.python(call.format("update"))
        left = 1500 - reached
        assert out == f"{left} lines read: {left} new units, 0 changed, 0 removed, 0 skipped.\n"
        assert database.execute(count).fetchone()[0] == 1500
        database.close()
    finally:
        del os.environ["SAMTALL_REGISTER_URL"]
