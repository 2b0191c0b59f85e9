"""Bad input to the API, each with the outcome that it must have: never a fault of ours, and nothing half saved."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.api.tests.conftest import Call
from samtall.api.tests.test_api import THESIS, code
from samtall.ledger import queries as ledger
from samtall.parties.models import Organisation

Secret = Callable[..., str]

pytestmark = pytest.mark.usefixtures("college", "company")


@pytest.fixture
def secret(coordinator: User, secret_of: Secret) -> str:
    return secret_of(coordinator, "activities.record", "activities.read", "organisations.read", "figures.list")


def changed(**values: Any) -> dict[str, Any]:
    return THESIS | values


UNREADABLE = {
    "empty": b"",
    "comma before the end": b'{"a":1,}',
    "deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 500 + b"1" + b"}" * 500,
    "huge number": b'{"a":' + b"9" * 5000 + b"}",
    "half surrogate": b'{"title":"\\ud800"}',
    "NUL": b'{"title":"\\u0000"}',
    "control": b'{"title":"\\u0001"}',
    "null": b"null",
    "true": b"true",
    "number": b"1",
    "two": b"{}{}",
    "not a number": b'{"a":NaN}',
    "latin-1": '{"title":"Bø"}'.encode("latin-1"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_not_one_json_object_of_storable_text_cannot_be_read(name: str, call: Call, secret: str) -> None:
    assert code(call("POST", "/activities", secret=secret, said=UNREADABLE[name])) == (400, "P1")
    assert Activity.objects.count() == 0


REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "unknown field": (changed(colour="red"), 422, "P2"),
    "id": (changed(id=7), 422, "P2"),
    "owner": (changed(owner=1), 422, "P2"),
    "is_staff": (changed(is_staff=True), 422, "P2"),
    "recorded_at": (changed(recorded_at="2017-01-01"), 422, "P2"),
    "created_at": (changed(created_at="2017-01-01T10:00Z"), 422, "P2"),
    "position": (changed(position=1), 422, "P2"),
    "an address to call": (changed(webhook="http://169.254.169.254/"), 422, "P2"),
    "field null": (changed(title=None), 422, "P2"),
    "text for a list": (changed(parts="host"), 422, "P2"),
    "an empty list": (changed(parts=[]), 422, "P2"),
    "another state": (changed(state="OTHER"), 422, "P2"),
    "empty title": (changed(title=""), 422, "T1"),
    "no title": ({name: value for name, value in THESIS.items() if name != "title"}, 422, "T1"),
    "long title": (changed(title="x" * 301), 422, "T2"),
    "negative heads": (changed(parts=[{"role": "student", "number": "313000001", "people": -1}]), 422, "N2"),
    "no heads": (changed(parts=[{"role": "student", "number": "313000001", "people": 0}]), 422, "N2"),
    "too many heads": (changed(parts=[{"role": "student", "number": "313000001", "people": 2**40}]), 422, "N2"),
    "heads as text": (changed(parts=[{"role": "student", "number": "313000001", "people": "3"}]), 422, "N1"),
    "huge quantity": (changed(parts=[{"role": "host", "number": "313000028", "quantity": 1e300}]), 422, "N2"),
    "fine quantity": (changed(parts=[{"role": "host", "number": "313000028", "quantity": "0.00001"}]), 422, "N2"),
    "no such day": (changed(from_day="2017-02-30"), 422, "D1"),
    "a time": (changed(from_day="2017-01-01T25:00Z"), 422, "D1"),
    "a number for a day": (changed(from_day=20170101), 422, "D1"),
    "the year one": (changed(from_day="0001-01-01"), 422, "D2"),
    "the last year": (changed(from_day="9999-12-31"), 422, "D2"),
    "a time without a zone": (changed(from_day="2017-01-10T10:00"), 422, "D1"),
    "the first moment": (changed(from_day="0001-01-01T00:00Z"), 422, "D1"),
    "the last moment": (changed(to_day="9999-12-31T23:59:59+14:00"), 422, "D1"),
    "end before start": (changed(to_day="2016-12-31"), 422, "D3"),
    "a part that ends before it starts": (
        changed(parts=[THESIS["parts"][0] | {"from_day": "2017-02-01", "to_day": "2017-01-31"}]),
        422,
        "D3",
    ),
    "unknown kind": (changed(kind="dance"), 422, "R1"),
    "unknown role": (changed(parts=[{"role": "king", "number": "313000028"}]), 422, "R1"),
    "unknown number": (changed(parts=[{"role": "host", "number": "974760673"}]), 422, "V1"),
    "wrong check digit": (changed(parts=[{"role": "host", "number": "974760674"}]), 422, "V1"),
    "nobody": (changed(parts=[{"role": "host"}]), 422, "V1"),
    "a name of nothing": (changed(parts=[{"role": "host", "name": "\u200b"}]), 422, "V1"),
    "wrong details": (changed(details={"level": "kindergarten"}), 422, "R1"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_with_its_code_and_nothing_is_saved(name: str, call: Call, secret: str) -> None:
    said, status, expected = REFUSED[name]
    organisations = Organisation.objects.count()
    refused = call("POST", "/activities", secret=secret, said=said)
    assert code(refused) == (status, expected)
    assert refused.json()["detail"]
    assert (Activity.objects.count(), Organisation.objects.count(), ledger.position()) == (0, organisations, 0)


def test_a_number_beyond_all_numbers_is_refused(call: Call, secret: str) -> None:
    said = json.dumps(changed(parts=[{"role": "host", "number": "313000028", "quantity": 1}])).replace(
        '"quantity": 1', '"quantity": 1e999'
    )
    assert code(call("POST", "/activities", secret=secret, said=said.encode())) == (422, "N2")


ADDRESSES = {
    "/activities?page_size=0": (422, "N2"),
    "/activities?page_size=100000": (422, "N2"),
    "/activities?page=1000000000000": (422, "N2"),
    "/activities?page=x": (422, "N1"),
    "/activities?sort=password": (400, "H1"),
    "/activities?filter[x]=1": (400, "H1"),
    "/activities?fields=user__password": (400, "H1"),
    "/activities?cursor=AAAA": (400, "H1"),
    "/activities?step=OTHER": (400, "H1"),
    "/activities?q=%00": (400, "H1"),
    "/activities?q=%ed%a0%80": (400, "H1"),
    "/activities?q=%ff": (400, "H1"),
    "/organisations?q=%00": (400, "H1"),
    "/organisations/%00": (404, "A2"),
    "/organisations/999999999999999999999": (404, "A2"),
    "/activities/0": (404, "A2"),
    "/activities/1": (404, "A2"),
    "/activities/1180591620717411303424": (404, "A2"),
    "/activities/abc": (404, "A2"),
    "/activities/-1": (404, "A2"),
    "/activities/../1": (404, ""),
    "/activities/1/../2": (404, ""),
    "/organisations/6ba7b810-9dad-11d1-80b4-00c04fd430c8": (404, "A2"),
    "/ledger/0": (404, "A2"),
    "/ledger/99999999999999999999999": (404, "A2"),
    "/figures/no-such-figure": (404, "A2"),
    "/figures/%00": (404, "A2"),
    "/figures/collaborations?period=yesterday": (422, "D1"),
    "/figures/collaborations?period=9999-12-31..2017-01-01": (422, "D1"),
    "/figures/collaborations?as_of=2017-02-30": (422, "D1"),
    "/figures/collaborations?as_of=x": (400, "H1"),
}


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_address_that_cannot_be_used_says_why(path: str, call: Call, secret: str, thesis: Activity) -> None:
    Activity.objects.all().delete()
    answer = call("GET", path, secret=secret)
    status, expected = ADDRESSES[path]
    assert answer.status_code == status
    if expected:
        assert code(answer) == (status, expected)


def test_another_content_type_or_packing_is_refused(call: Call, secret: str) -> None:
    body = json.dumps(THESIS).encode()
    sent: dict[str, Any] = {"secret": secret, "said": body}
    for headers in ({"Content-Type": "text/plain"}, {"Content-Type": "application/xml"}, {"Content-Encoding": "br"}):
        assert code(call("POST", "/activities", **sent, **headers)) == (415, "H1")
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(("method", "path"), [("GET", "/activities"), ("POST", "/activities"), ("GET", "/figures")])
def test_who_takes_no_json_is_told_so_and_nothing_is_done(method: str, path: str, call: Call, secret: str) -> None:
    assert code(call(method, path, secret=secret, said=THESIS, Accept="image/png")) == (406, "H1")
    assert Activity.objects.count() == 0


@pytest.mark.parametrize("accepted", ["*/*", "application/*", "text/html, application/json;q=0.5"])
def test_who_takes_json_among_others_gets_it(accepted: str, call: Call, secret: str) -> None:
    assert call("GET", "/activities", secret=secret, Accept=accepted).status_code == 200


def test_a_body_of_more_than_a_megabyte_is_refused(call: Call, secret: str) -> None:
    said = changed(title="x" * 1_100_000)
    assert code(call("POST", "/activities", secret=secret, said=said)) == (413, "H1")


@pytest.mark.parametrize(
    ("method", "path"), [("PATCH", "/activities"), ("POST", "/activities/1"), ("DELETE", "/kinds")]
)
def test_a_method_that_does_nothing_here_is_refused(method: str, path: str, call: Call, secret: str) -> None:
    answer = call(method, path, secret=secret)
    assert (code(answer), "GET" in answer["Allow"]) == ((405, "H1"), True)


def test_a_method_is_not_overridden_by_a_header(call: Call, secret: str, thesis: Activity) -> None:
    answer = call("GET", f"/activities/{thesis.pk}", secret=secret, X_HTTP_Method_Override="DELETE")
    assert (answer.status_code, Activity.objects.count()) == (200, 1)


@pytest.mark.parametrize("written", ["x", "short", "order-0001\n", "with space in it", "æøåæøåæøå", "x" * 201])
def test_a_malformed_idempotency_key_is_refused(written: str, call: Call, secret: str) -> None:
    sent: dict[str, Any] = {"secret": secret, "said": THESIS, "Idempotency_Key": written}
    assert code(call("POST", "/activities", **sent)) == (422, "P4")
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer a b", "Bearer ø", "Bearer " + "x" * 500]
)
def test_a_header_that_is_no_key_opens_nothing(header: str, call: Call, db: None) -> None:
    assert code(call("GET", "/activities", Authorization=header)) == (401, "A1")


def test_a_key_in_the_address_is_not_taken(call: Call, secret: str) -> None:
    assert code(call("GET", f"/activities?token={secret}")) == (401, "A1")
