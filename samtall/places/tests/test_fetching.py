"""Fetching the country's municipalities, from a server of our own that answers as Statistics Norway's does.

The places are made up; the shape of the answers is that of recorded ones.
"""

import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from samtall.config.command_line import main
from samtall.places import klass
from samtall.places.klass import FetchFailed, fetch
from samtall.places.models import Municipality, MunicipalityName, Transfer
from samtall.places.operations import Learnt, ensure_builtin, learn
from samtall.places.queries import code_on, current_code, municipality_named

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 1)


def code(number: str, name: str, since: str, until: str | None = None) -> dict[str, Any]:
    return {
        "code": number,
        "parentCode": None,
        "level": "1",
        "name": name,
        "shortName": "",
        "presentationName": "",
        "validFrom": None,
        "validTo": None,
        "validFromInRequestedRange": since,
        "validToInRequestedRange": until,
        "notes": "",
    }


def change(old: str, old_name: str, new: str, new_name: str, on: str) -> dict[str, Any]:
    return {
        "oldCode": old,
        "oldName": old_name,
        "oldShortName": "",
        "newCode": new,
        "newName": new_name,
        "newShortName": "",
        "changeOccurred": on,
    }


CODES = [
    # Storvik was only renumbered, and took a piece of Delt
    code("7001", "Storvik", "2010-01-01", "2020-01-01"),
    code("7101", "Storvik", "2020-01-01"),
    # Lille and Mindre became Samla
    code("7002", "Lille", "2010-01-01", "2020-01-01"),
    code("7003", "Mindre", "2010-01-01", "2020-01-01"),
    code("7102", "Samla", "2020-01-01", "2024-01-01"),
    code("7202", "Samla", "2024-01-01"),
    # Delt was split between Storvik and Ny
    code("7004", "Delt", "2010-01-01", "2020-01-01"),
    code("7103", "Ny", "2020-01-01"),
    # Øy was taken into Fast, which kept its code; Fast got a new name later
    code("7005", "Fast", "2010-01-01", "2021-01-01"),
    code("7005", "Fast - Nanna", "2021-01-01"),
    code("7006", "Øy", "2010-01-01", "2018-01-01"),
    code("9999", "Uoppgitt", "2010-01-01"),
]
CHANGES = [
    change("7001", "Storvik", "7101", "Storvik", "2020-01-01"),
    change("7002", "Lille", "7102", "Samla", "2020-01-01"),
    change("7003", "Mindre", "7102", "Samla", "2020-01-01"),
    change("7004", "Delt", "7101", "Storvik", "2020-01-01"),
    change("7004", "Delt", "7103", "Ny", "2020-01-01"),
    change("7102", "Samla", "7202", "Samla", "2024-01-01"),
    change("7006", "Øy", "7005", "Fast", "2018-01-01"),
    change("7005", "Fast", "7005", "Fast - Nanna", "2021-01-01"),
]


class Klass(ThreadingHTTPServer):
    """A KLASS of our own; set `answers` or `status` to make it misbehave."""

    daemon_threads = False  # so that leaving waits for all answers

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.answers = {"codes": json.dumps({"codes": CODES}), "changes": json.dumps({"codeChanges": CHANGES})}
        self.status = 200
        self.delay = 0.0
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}/api/klass/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """The client gave up waiting, as it should."""


class _Answer(BaseHTTPRequestHandler):
    server: Klass

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        time.sleep(self.server.delay)
        what = self.path.partition("?")[0].rpartition("/")[2]
        body = self.server.answers[what].encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Klass]:
    with Klass() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_codes_and_changes_from_2010_are_asked_for(server: Klass) -> None:
    fetch(TODAY, base_url=server.url)
    assert server.asked == [
        "/api/klass/v1/classifications/131/codes?from=2010-01-01",
        "/api/klass/v1/classifications/131/changes?from=2010-01-01&to=2026-01-01",
    ]


def test_what_is_fetched_becomes_municipalities_and_transfers_and_again_changes_nothing(server: Klass) -> None:
    assert learn(fetch(TODAY, base_url=server.url)) == Learnt(names=11, transfers=5)
    assert learn(fetch(TODAY, base_url=server.url)) == Learnt(names=0, transfers=0)
    histories = sorted(
        [name.code for name in municipality.names.order_by("valid_from")] for municipality in Municipality.objects.all()
    )
    assert histories == [
        ["7001", "7101"],
        ["7002"],
        ["7003"],
        ["7004"],
        ["7005", "7005"],
        ["7006"],
        ["7102", "7202"],
        ["7103"],
    ]


def test_merging_splitting_and_being_taken_in_are_told_apart(server: Klass) -> None:
    learn(fetch(TODAY, base_url=server.url))
    told = sorted((str(t.origin), str(t.target), t.extent) for t in Transfer.objects.all())
    assert told == [
        ("Delt", "Ny", "part"),
        ("Delt", "Storvik", "part"),
        ("Lille", "Samla", "whole"),
        ("Mindre", "Samla", "whole"),
        ("Øy", "Fast - Nanna", "whole"),
    ]
    assert current_code("7003", TODAY) == "7202"
    assert current_code("7006", TODAY) == "7005"
    assert current_code("7004", TODAY) == "7004"  # split: nowhere as a whole


def test_the_built_in_facts_stay_as_they_are(server: Klass) -> None:
    """The list calls Sauherad split; that its main part went to Midt-Telemark is known better."""
    ensure_builtin(datetime(2026, 1, 1, tzinfo=UTC))
    server.answers["codes"] = json.dumps(
        {
            "codes": [
                code("0807", "Notodden", "2010-01-01", "2020-01-01"),
                code("0821", "Bø (Telemark)", "2010-01-01", "2020-01-01"),
                code("0822", "Sauherad", "2010-01-01", "2020-01-01"),
                code("3808", "Notodden", "2020-01-01", "2024-01-01"),
                code("3817", "Midt-Telemark", "2020-01-01", "2024-01-01"),
                code("4020", "Midt-Telemark", "2024-01-01"),
            ]
        }
    )
    server.answers["changes"] = json.dumps(
        {
            "codeChanges": [
                change("0807", "Notodden", "3808", "Notodden", "2020-01-01"),
                change("0822", "Sauherad", "3808", "Notodden", "2020-01-01"),
                change("0822", "Sauherad", "3817", "Midt-Telemark", "2020-01-01"),
                change("0821", "Bø (Telemark)", "3817", "Midt-Telemark", "2020-01-01"),
                change("3817", "Midt-Telemark", "4020", "Midt-Telemark", "2024-01-01"),
            ]
        }
    )
    assert learn(fetch(TODAY, base_url=server.url)) == Learnt(names=0, transfers=0)
    assert current_code("0822", TODAY) == current_code("0821", TODAY) == "4020"


def test_the_same_municipality_is_found_under_its_names_over_time(server: Klass) -> None:
    learn(fetch(TODAY, base_url=server.url))
    fast = municipality_named("Fast", date(2015, 1, 1))
    assert fast
    assert municipality_named("nanna", TODAY) == fast
    assert code_on(fast, TODAY) == "7005"


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("codes", "<html>We are working on it</html>"),
        ("codes", '{"codes": [{"code": "7001", "name"'),
        ("codes", '{"kodar": []}'),
        ("codes", '{"codes": "none"}'),
        ("codes", "[]"),
        ("codes", '{"codes": [{"code": "03", "name": "A county", "validFromInRequestedRange": "2010-01-01"}]}'),
        ("changes", '{"codeChanges": [{"oldCode": "7001", "newCode": "7101", "changeOccurred": "yesterday"}]}'),
        ("changes", '{"codeChanges": [7]}'),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_and_nothing_is_saved(server: Klass, what: str, answer: str) -> None:
    server.answers[what] = answer
    with pytest.raises(FetchFailed):
        learn(fetch(TODAY, base_url=server.url))
    assert MunicipalityName.objects.count() == 0


@pytest.mark.parametrize("status", [500, 503, 404])
def test_an_error_from_the_server_is_refused_in_clear_words(server: Klass, status: int) -> None:
    server.status = status
    with pytest.raises(FetchFailed) as refusal:
        fetch(TODAY, base_url=server.url)
    assert str(status) in str(refusal.value)


def test_a_server_that_takes_too_long_is_given_up(server: Klass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(klass, "TIMEOUT_SECONDS", 0.05)
    server.delay = 0.5
    with pytest.raises(FetchFailed):
        fetch(TODAY, base_url=server.url)


def test_no_network_is_refused_in_clear_words() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(FetchFailed) as refusal:
            fetch(TODAY, base_url=address)
    assert address in str(refusal.value)


def test_the_commands_tell_what_was_learnt(server: Klass, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "places", "load"]) == 0
    assert main(["--language", "en", "places", "fetch", "--base-url", server.url]) == 0
    server.status = 500
    assert main(["--language", "en", "places", "fetch", "--base-url", server.url]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "52 names or codes and 3 transfers were new or different.",
        "11 names or codes and 5 transfers were new or different.",
    ]
    assert said.err == "Statistics Norway answered with an error (500). Nothing was saved; try again later.\n"
