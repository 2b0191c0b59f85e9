"""The pages of activities, as people with different roles meet them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtall.accounts.models import User
from samtall.activities import operations, registry, urls
from samtall.activities.models import Activity, Participation
from samtall.activities.tests.conftest import MakeThesis
from samtall.parties import operations as parties
from samtall.parties.models import Organisation, Person

ClientOf = Callable[[User], Client]

THESIS = {
    "title": "Tre som byggjer",
    "state": "completed",
    "starts": "10.01.2017",
    "ends": "20.6.17",
    "municipality": "",
    "detail_level": "bachelor",
}


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def scribe(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


@pytest.fixture
def approver(validator: User, client_of: ClientOf) -> Client:
    return client_of(validator)


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_every_view_says_what_it_takes_to_see_it() -> None:
    permissions = {getattr(one.callback, "permission", "missing") for one in urls.urlpatterns}
    assert permissions == {None, "activities.read", "activities.record", "activities.validate", "people.read"}


@pytest.mark.parametrize("name", ["activities", "activity-choose", "validation"])
def test_who_is_not_signed_in_is_asked_to(name: str, client: Client, db: None) -> None:
    assert client.get(reverse(name)).status_code == 302


def test_who_may_only_read_sees_no_buttons_and_can_do_nothing(
    validated: Activity, reader: User, client_of: ClientOf
) -> None:
    client = client_of(reader)
    shown = page(client, "activity", validated.pk)
    assert [word for word in ("<button class", "Trekk") if word in shown.split("<main")[1]] == []
    assert client.post(reverse("activity-submit", args=[validated.pk])).status_code == 404


def test_kinds_are_explained_to_everybody(client: Client, db: None) -> None:
    page(client, "kinds")
    for kind in registry.kinds():
        assert str(kind.minimum.nb) in page(client, "kind", kind.code)
    assert client.get(reverse("kind", args=["party"])).status_code == 404


@pytest.mark.parametrize("kind", [kind.code for kind in registry.kinds()])
def test_every_kind_has_a_form(kind: str, scribe: Client) -> None:
    assert "<form" in page(scribe, "activity-new", kind)


def test_from_nothing_to_approved_in_the_browser(
    scribe: Client, approver: Client, college: Organisation, company: Organisation
) -> None:
    scribe.post(reverse("activity-new", args=["thesis"]), THESIS)
    thesis = Activity.objects.get()
    scribe.post(reverse("activity-part-new", args=[thesis.pk, "host"]), {"organisation": "313 000 028"})
    scribe.post(reverse("activity-part-new", args=[thesis.pk, "institution"]), {"organisation": "høgskolen"})
    student = {"organisation": "Høgskolen", "name": "Kari Nordmann", "head_count": ""}
    scribe.post(reverse("activity-part-new", args=[thesis.pk, "student"]), student)
    evidence = {"kind": "agreement", "description": "17/204", "dated": ""}
    scribe.post(reverse("activity-evidence-new", args=[thesis.pk]), evidence)
    scribe.post(reverse("activity-submit", args=[thesis.pk]))
    approver.post(reverse("validation"), {"activity": [thesis.pk]})
    thesis.refresh_from_db()
    assert (thesis.step, thesis.participations.count(), Person.objects.get().organisation) == ("validated", 3, college)


def test_what_cannot_be_read_is_kept_and_explained(scribe: Client) -> None:
    response = scribe.post(reverse("activity-new", args=["thesis"]), THESIS | {"starts": "31.02.2017", "title": " "})
    shown = response.content.decode()
    assert (response.status_code, 'value="31.02.2017"' in shown, Activity.objects.count()) == (422, True, 0)


def test_what_the_rules_refuse_stands_at_its_field(scribe: Client) -> None:
    response = scribe.post(reverse("activity-new", args=["thesis"]), THESIS | {"ends": ""})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["ends"])


def test_a_name_that_fits_several_is_asked_about(
    make_thesis: MakeThesis, scribe: Client, other_company: Organisation, at: datetime
) -> None:
    parties.add_organisation("Ulefoss Verk AS", number="313000044", at=at)
    thesis = make_thesis()
    url = reverse("activity-part-new", args=[thesis.pk, "host"])
    asked = scribe.post(url, {"organisation": "Ulefoss Verk"})
    assert (asked.status_code, len(asked.context["form"].candidates)) == (422, 2)
    scribe.post(url, {"organisation": "Ulefoss Verk", "candidate": f"o{other_company.pk}"})
    assert thesis.participations.filter(organisation=other_company).count() == 1


def test_a_name_nobody_knows_can_be_recorded_without_a_number(make_thesis: MakeThesis, scribe: Client) -> None:
    thesis = make_thesis()
    url = reverse("activity-part-new", args=[thesis.pk, "host"])
    assert scribe.post(url, {"organisation": "Eple og Ost"}).status_code == 422
    scribe.post(url, {"organisation": "Eple og Ost", "candidate": "unidentified"})
    added = thesis.participations.get(organisation__name="Eple og Ost")
    assert added.organisation is not None
    assert added.organisation.identified is False


@pytest.mark.parametrize("number", ["313 000 052", "313000053", "313"])
def test_a_number_is_never_recorded_as_a_name(number: str, make_thesis: MakeThesis, scribe: Client) -> None:
    thesis = make_thesis()
    url = reverse("activity-part-new", args=[thesis.pk, "host"])
    response = scribe.post(url, {"organisation": number, "candidate": "unidentified"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["organisation"])
    assert Organisation.objects.filter(number="").count() == 0


def test_a_known_name_wins_over_an_older_choice(
    make_thesis: MakeThesis, scribe: Client, other_company: Organisation
) -> None:
    thesis = make_thesis()
    url = reverse("activity-part-new", args=[thesis.pk, "host"])
    scribe.post(url, {"organisation": other_company.number, "candidate": "unidentified"})
    assert thesis.participations.filter(organisation=other_company).count() == 1


def test_a_candidate_made_up_by_the_sender_is_no_party(make_thesis: MakeThesis, scribe: Client) -> None:
    thesis = make_thesis()
    url = reverse("activity-part-new", args=[thesis.pk, "host"])
    for made_up in ("o999999", "x1", "o", "o1; drop", "e-1", "o١"):
        assert scribe.post(url, {"organisation": "Eple og Ost", "candidate": made_up}).status_code == 422
    assert thesis.participations.count() == 2


def test_names_of_people_are_for_those_who_may_see_people(
    make_thesis: MakeThesis, college: Organisation, coordinator: User, reader: User, client_of: ClientOf, at: datetime
) -> None:
    thesis = make_thesis()
    student = parties.add_person("Kari Nordmann", organisation=college)
    operations.add_participation(thesis, role="student", person=student, by=coordinator, at=at)
    seen = ["Kari Nordmann" in page(client_of(user), "activity", thesis.pk) for user in (coordinator, reader)]
    assert seen == [True, False]
    assert "Student 1, Høgskolen" in page(client_of(reader), "activity", thesis.pk)


def test_what_is_missing_is_told_in_plain_words(
    make_thesis: MakeThesis, coordinator: User, scribe: Client, at: datetime
) -> None:
    thesis = make_thesis()
    operations.remove_evidence(thesis.evidence.get(), by=coordinator, at=at)
    operations.remove_participation(thesis.participations.get(role="host"), by=coordinator, at=at)
    context = scribe.get(reverse("activity", args=[thesis.pk])).context
    assert (len(context["missing"].to_submit), len(context["missing"].to_validate)) == (1, 1)
    assert context["can"].submit is False


def test_a_refused_step_says_why(make_thesis: MakeThesis, coordinator: User, scribe: Client, at: datetime) -> None:
    thesis = make_thesis()
    operations.remove_participation(thesis.participations.get(role="host"), by=coordinator, at=at)
    response = scribe.post(reverse("activity-submit", args=[thesis.pk]), follow=True)
    assert 'data-color="danger"' in response.content.decode()


def test_only_what_others_stand_behind_waits_for_a_validator(
    submitted: Activity, validator: User, coordinator: User, approver: Client, at: datetime
) -> None:
    assert [row["activity"] for row in approver.get(reverse("validation")).context["waiting"]] == [submitted]
    operations.revise(submitted, title="Tre", by=validator, at=at)
    context = approver.get(reverse("validation")).context
    assert (context["waiting"], len(context["own"].rows)) == ([], 1)


def test_one_that_is_refused_does_not_hold_back_the_others(
    make_thesis: MakeThesis, submitted: Activity, coordinator: User, approver: Client, at: datetime
) -> None:
    bare = make_thesis(title="No evidence")
    operations.remove_evidence(bare.evidence.get(), by=coordinator, at=at)
    operations.submit(bare, by=coordinator, at=at)
    approver.post(reverse("validation"), {"activity": [bare.pk, submitted.pk, "1e9", "999"]})
    steps = list(Activity.objects.order_by("pk").values_list("step", flat=True))
    assert sorted(steps) == ["submitted", "validated"]


def test_returning_wants_a_reason_and_keeps_it(submitted: Activity, approver: Client) -> None:
    url = reverse("activity-return", args=[submitted.pk])
    assert approver.post(url, {"reason": ""}).status_code == 422
    approver.post(url, {"reason": "Hvilken bedrift?"})
    assert "Hvilken bedrift?" in page(approver, "activity", submitted.pk)


def test_states_are_changed_with_a_day(make_thesis: MakeThesis, scribe: Client) -> None:
    thesis = make_thesis(state="running", ends=None)
    scribe.post(reverse("activity-state", args=[thesis.pk, "fullfort"]), {"on": "1.6.2017", "reason": ""})
    thesis.refresh_from_db()
    assert (thesis.state, f"{thesis.ends}") == ("completed", "2017-06-01")
    assert scribe.get(reverse("activity-state", args=[thesis.pk, "danset"])).status_code == 404


def test_somebody_leaves_and_somebody_is_removed(
    make_thesis: MakeThesis, college: Organisation, coordinator: User, scribe: Client, at: datetime
) -> None:
    thesis = make_thesis()
    student = parties.add_person("Kari", organisation=college)
    part = operations.add_participation(thesis, role="student", person=student, by=coordinator, at=at)
    scribe.post(reverse("activity-part-left", args=[thesis.pk, part.pk]), {"on": "01.02.2017", "reason": ""})
    part.refresh_from_db()
    assert part.outcome == Participation.Outcome.DROPPED_OUT
    scribe.post(reverse("activity-part-remove", args=[thesis.pk, part.pk]), {"reason": "mistake"})
    assert thesis.participations.count() == 2


def test_a_part_of_another_activity_is_not_found(make_thesis: MakeThesis, scribe: Client) -> None:
    thesis, other = make_thesis(), make_thesis(title="Other")
    part = other.participations.first()
    assert part is not None
    for name in ("activity-part", "activity-part-left", "activity-part-remove"):
        assert scribe.get(reverse(name, args=[thesis.pk, part.pk])).status_code == 404


def test_a_changed_thesis_is_shown_as_it_was_and_kept_as_it_is(make_thesis: MakeThesis, scribe: Client) -> None:
    thesis = make_thesis()
    shown = page(scribe, "activity-change", thesis.pk)
    assert 'value="10.01.2017"' in shown
    scribe.post(reverse("activity-change", args=[thesis.pk]), THESIS | {"detail_level": "master", "title": "Tre"})
    thesis.refresh_from_db()
    assert (thesis.title, thesis.details) == ("Tre", {"level": "master"})


def test_correcting_what_is_approved_asks_for_a_reason(validated: Activity, scribe: Client) -> None:
    url = reverse("activity-change", args=[validated.pk])
    assert scribe.post(url, THESIS | {"title": "Tre"}).status_code == 422
    scribe.post(url, THESIS | {"title": "Tre", "reason": "Short"})
    validated.refresh_from_db()
    assert (validated.title, validated.step) == ("Tre", "submitted")


def test_the_list_is_narrowed_by_what_is_asked(make_thesis: MakeThesis, submitted: Activity, scribe: Client) -> None:
    draft = make_thesis(title="Stål og stein", starts=date(2015, 1, 10))
    asked = {
        "q": ("bø BYGG stål", [draft]),
        "step": ("submitted", [submitted]),
        "year": ("2015", [draft]),
        "kind": ("course", []),
    }
    for name, (value, expected) in asked.items():
        found = scribe.get(reverse("activities"), {name: value}).context["page"].object_list
        assert (name, list(found)) == (name, expected)


def test_nonsense_in_the_address_narrows_nothing(submitted: Activity, scribe: Client) -> None:
    response = scribe.get(reverse("activities"), {"kind": "party", "year": "MMXVII", "side": "last", "q": "\x01"})
    assert list(response.context["page"].object_list) == [submitted]


def test_a_list_asks_as_often_for_one_row_as_for_three(
    make_thesis: MakeThesis, scribe: Client, approver: Client, coordinator: User, at: datetime
) -> None:
    def asked() -> list[int]:
        counts = []
        for client, name in ((scribe, "activities"), (approver, "validation")):
            with CaptureQueriesContext(connection) as captured:
                page(client, name)
            counts.append(len(captured))
        return counts

    operations.submit(make_thesis(), by=coordinator, at=at)
    one = asked()
    for number in range(2):
        operations.submit(make_thesis(title=f"Tre {number}"), by=coordinator, at=at)
    assert asked() == one
