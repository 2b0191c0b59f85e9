"""What other programs may read and write, and with which key."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from samtall.accounts import operations as accounts
from samtall.accounts.models import Allowance, User
from samtall.activities.models import Activity
from samtall.api import operations as keys
from samtall.api.callers import CALLS_AN_HOUR
from samtall.api.models import ApiKey, KeptAnswer
from samtall.api.tests.conftest import Call
from samtall.base import clock
from samtall.ledger import queries as ledger
from samtall.parties.models import Organisation

Secret = Callable[..., str]

THESIS: dict[str, Any] = {
    "kind": "thesis",
    "title": "Vannkraft",
    "from_day": "2017-01-10",
    "to_day": "2017-06-20",
    "state": "completed",
    "details": {"level": "master"},
    "parts": [{"role": "host", "number": "313 000 028"}, {"role": "institution", "number": "313000001"}],
    "evidence": [{"kind": "agreement", "description": "17/205"}],
    "submit": True,
}


def code(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_public_figures_are_read_without_a_key_now_and_as_they_were(thesis: Activity, call: Call) -> None:
    now = call("GET", "/figures/student-collaborations?period=2017").json()
    assert (now["value"], now["pending"], now["period"], now["position"]) == (1, 0, "2017", 2)
    before = call("GET", "/figures/student-collaborations?period=2017&as_of=1").json()
    assert (before["value"], before["pending"], before["position"]) == (0, 1, 1)
    listed = call("GET", "/figures?period=2017").json()["figures"]
    assert now in listed


def test_a_figure_that_counts_people_is_not_for_machines(thesis: Activity, call: Call) -> None:
    assert code(call("GET", "/figures/people-on-courses")) == (404, "A2")
    names = {one["figure"] for one in call("GET", "/figures").json()["figures"]}
    assert "people-on-courses" not in names


def test_the_list_behind_a_figure_is_as_long_as_the_figure_says(
    thesis: Activity, call: Call, reader: User, secret_of: Secret
) -> None:
    secret = secret_of(reader, "figures.list")
    listed = call("GET", "/figures/organisations-in-collaborations/list?period=2017", secret=secret).json()
    assert (listed["total"], listed["figure"]["value"]) == (1, 1)
    assert [(one["label"], one["activities"]) for one in listed["items"]] == [("Bø Bygg AS", ["Tre som byggjer"])]
    beyond = call("GET", "/figures/organisations-in-collaborations/list?period=2017&page=2", secret=secret).json()
    assert beyond["items"] == []


def test_an_activity_is_recorded_and_awaits_approval(
    college: Organisation, company: Organisation, call: Call, coordinator: User, secret_of: Secret
) -> None:
    secret = secret_of(coordinator, "activities.record", "activities.read")
    made = call("POST", "/activities", secret=secret, said=THESIS)
    assert made.status_code == 201
    assert (made.json()["step"], [one["organisation"] for one in made.json()["parts"]]) == (
        "submitted",
        [company.pk, college.pk],
    )
    assert call("GET", f"/activities/{made.json()['id']}", secret=secret).json() == made.json()
    activity = Activity.objects.get(pk=made.json()["id"])
    assert (activity.recorded_by, activity.origin) == (coordinator, f"key:{ApiKey.objects.get().pk}")


def test_a_name_nobody_knows_becomes_an_unidentified_organisation(
    college: Organisation, call: Call, coordinator: User, secret_of: Secret
) -> None:
    said = THESIS | {"parts": [{"role": "host", "name": "Bo Bygg"}, THESIS["parts"][1]]}
    made = call("POST", "/activities", secret=secret_of(coordinator, "activities.record"), said=said).json()
    host = Organisation.objects.get(pk=made["parts"][0]["organisation"])
    assert (host.name, host.number) == ("Bo Bygg", "")


def test_a_repeated_call_acts_once_and_gets_the_same_answer(
    college: Organisation, company: Organisation, call: Call, coordinator: User, secret_of: Secret
) -> None:
    secret = secret_of(coordinator, "activities.record")
    sent: dict[str, Any] = {"secret": secret, "said": THESIS, "Idempotency_Key": "order-0001"}
    first, second = call("POST", "/activities", **sent), call("POST", "/activities", **sent)
    assert (first.status_code, second.status_code, first.json()) == (201, 201, second.json())
    assert Activity.objects.count() == 1
    assert code(call("POST", "/activities", **sent | {"said": THESIS | {"title": "Other"}})) == (422, "P4")
    assert Activity.objects.count() == 1


def test_a_call_that_was_refused_can_be_put_right_under_the_same_idempotency_key(
    college: Organisation, company: Organisation, call: Call, coordinator: User, secret_of: Secret
) -> None:
    sent: dict[str, Any] = {"secret": secret_of(coordinator, "activities.record"), "Idempotency_Key": "order-0001"}
    assert code(call("POST", "/activities", said=THESIS | {"kind": "dance"}, **sent))[0] == 422
    assert KeptAnswer.objects.count() == 0
    assert call("POST", "/activities", said=THESIS, **sent).status_code == 201


def test_what_the_rooms_refuse_is_told_field_by_field(
    college: Organisation, company: Organisation, call: Call, coordinator: User, secret_of: Secret
) -> None:
    said = THESIS | {"to_day": "2099-06-20"}
    refused = call("POST", "/activities", secret=secret_of(coordinator, "activities.record"), said=said)
    assert code(refused) == (422, "R1")
    assert [one["field"] for one in refused.json()["errors"]] == ["ends"]
    assert (Activity.objects.count(), ledger.position()) == (0, 0)


def test_a_change_takes_the_etag_of_what_was_read(
    thesis: Activity, call: Call, coordinator: User, secret_of: Secret
) -> None:
    secret = secret_of(coordinator, "activities.record", "activities.read")
    etag = call("GET", f"/activities/{thesis.pk}", secret=secret).json()["etag"]
    said = {"title": "Tre", "reason": "shorter"}
    assert code(call("PUT", f"/activities/{thesis.pk}", secret=secret, said=said)) == (412, "P5")
    changed = call("PUT", f"/activities/{thesis.pk}", secret=secret, said=said, If_Match=etag)
    assert (changed.status_code, changed.json()["title"], changed.json()["step"]) == (200, "Tre", "submitted")
    assert code(call("PUT", f"/activities/{thesis.pk}", secret=secret, said=said, If_Match=etag)) == (412, "P5")


def test_people_are_counted_and_never_named(
    thesis: Activity, college: Organisation, call: Call, coordinator: User, secret_of: Secret
) -> None:
    from samtall.activities import operations
    from samtall.parties import operations as parties

    kari = parties.add_person("Kari Nordmann", organisation=college)
    operations.add_participation(
        thesis, role="student", person=kari, reason="forgotten", by=coordinator, at=clock.now()
    )
    answer = call("GET", f"/activities/{thesis.pk}", secret=secret_of(coordinator, "activities.read"))
    assert answer.json()["parts"][2] == {
        "role": "student",
        "organisation": college.pk,
        "written_as": "",
        "people": 1,
        "quantity": None,
        "unit": "",
        "outcome": "taking_part",
        "from_day": None,
        "to_day": None,
    }
    assert "Kari" not in answer.content.decode()


def test_the_books_are_read_and_never_changed(thesis: Activity, call: Call, reader: User, secret_of: Secret) -> None:
    secret = secret_of(reader, "figures.list")
    posted = call("GET", "/ledger/1", secret=secret).json()
    assert (posted["source"], posted["reason"], len(posted["lines"])) == (thesis.source, "recorded", 2)
    for method in ("PUT", "PATCH", "DELETE"):
        assert code(call(method, "/ledger/1", secret=secret)) == (409, "L1")
    assert call("GET", "/ledger/1", secret=secret).json() == posted


@pytest.mark.parametrize("ended", ["revoked", "past", "inactive", "unknown"])
def test_a_key_that_has_ended_opens_nothing(
    thesis: Activity, call: Call, reader: User, secret_of: Secret, ended: str
) -> None:
    secret = secret_of(reader, "activities.read")
    key, now = ApiKey.objects.get(), clock.now()
    if ended == "revoked":
        keys.revoke_key(key, by=reader, at=now)
    elif ended == "past":
        ApiKey.objects.update(last_day=clock.today() - timedelta(days=1))
    elif ended == "inactive":
        User.objects.filter(pk=reader.pk).update(is_active=False)
    else:
        secret = secret[:-1]
    assert code(call("GET", "/activities", secret=secret)) == (401, "A1")
    assert code(call("GET", "/figures", secret=secret)) == (401, "A1")


def test_a_key_can_do_no_more_than_its_maker_can_now(
    thesis: Activity, call: Call, coordinator: User, secret_of: Secret
) -> None:
    secret = secret_of(coordinator, "activities.record")
    assert code(call("GET", "/activities", secret=secret)) == (403, "A3")
    accounts.end_role(coordinator, "coordinator", by=None, at=clock.now())
    assert code(call("POST", "/activities", secret=secret, said=THESIS)) == (403, "A3")


def test_a_key_is_never_made_for_more_or_longer_than_its_maker_may(reader: User) -> None:
    now = clock.now()
    for scopes, days in ((["activities.record"], 30), ([], 30), (["figures.list"], 366), (["figures.list"], -1)):
        with pytest.raises(keys.NotYours):
            keys.make_key("x", scopes=scopes, last_day=clock.today() + timedelta(days=days), by=reader, at=now)
    assert ApiKey.objects.count() == 0


def test_the_calls_of_an_hour_come_to_an_end(thesis: Activity, call: Call, reader: User, secret_of: Secret) -> None:
    secret = secret_of(reader, "activities.read")
    assert call("GET", "/activities", secret=secret).status_code == 200
    Allowance.objects.update(used=CALLS_AN_HOUR)
    refused = call("GET", "/activities", secret=secret)
    assert (code(refused), int(refused["Retry-After"]) > 0) == ((429, "S2"), True)
    Allowance.objects.update(until=clock.now())
    assert call("GET", "/activities", secret=secret).status_code == 200


def test_refusals_are_in_the_language_asked_for(call: Call, db: None) -> None:
    said = {
        language: call("GET", "/activities", Accept_Language=language).json()["title"]
        for language in ("nb", "nn", "en")
    }
    assert said == {"nb": "Det trengs en nøkkel", "nn": "Det trengst ein nøkkel", "en": "A key is needed"}


def test_a_key_is_made_shown_once_and_revoked_on_its_pages(client: Any, reader: User, call: Call) -> None:
    client.force_login(reader)
    day = clock.today() + timedelta(days=30)
    said = {"name": "Oversikt", "scopes": ["figures.list"], "last_day": f"{day:%d.%m.%Y}"}
    made = client.post("/api/nokler/ny/", said).content.decode()
    secret = made.split('value="samtall_')[1].split('"')[0]
    assert call("GET", "/figures", secret=f"samtall_{secret}").status_code == 200
    assert secret not in client.get("/api/nokler/").content.decode()
    client.post(f"/api/nokler/{ApiKey.objects.get().pk}/trekk-tilbake/")
    assert code(call("GET", "/figures", secret=f"samtall_{secret}")) == (401, "A1")
