"""A role held at one organisation opens what is that organisation's, and nothing of anybody else's, anywhere.

Every address that narrows itself is tried with what a school takes part in and with what it does not. What one may not
see looks like what is not there, and no list, search, count, file or answer of the API tells of it either.
"""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from samtall.accounts import operations as accounts
from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities import queries, registry
from samtall.activities.stage_forms import StageForm
from samtall.agreements import operations as agreements
from samtall.api.operations import NotYours, make_key
from samtall.config.prove.addresses import METHODS, addresses
from samtall.config.prove.things import ARGUMENTS, a_file
from samtall.confirmations import operations as confirmations
from samtall.inquiries import operations as inquiries
from samtall.inquiries.declaration import STANDARD
from samtall.kinds.network import operations as networks
from samtall.parties import operations as parties
from samtall.parties.models import Organisation
from tests.test_access import page_of

pytestmark = pytest.mark.slow

#: What stands in the name of everything that is not the school's, so that a page that tells of it is found.
SECRET, OURS = "Hemmelig", "Synlig"
ROLES = ("coordinator", "validator")


@pytest.fixture
def school(db: None) -> Organisation:
    return parties.add_organisation("Bø skole", number="313000001", at=timezone.now())


@pytest.fixture
def theirs(coordinator: User, settings: Settings, tmp_path: Path) -> SimpleNamespace:
    """One of everything that another school has."""
    settings.DATA = tmp_path
    other = parties.add_organisation(f"{SECRET} skole", number="974760673", at=timezone.now())
    return belongings(other, SECRET, "971035854", coordinator, institution=other)


@pytest.fixture
def ours(school: Organisation, coordinator: User, settings: Settings, tmp_path: Path) -> SimpleNamespace:
    """One of everything that a department of the school has."""
    settings.DATA = tmp_path
    department = parties.add_organisation("Bø skole, avdeling Lunde", at=timezone.now())
    department.part_of = school
    department.save()
    return belongings(department, OURS, "313000028", coordinator, institution=school)


@pytest.fixture
def local(school: Organisation) -> User:
    """Who coordinates and validates at the school, and nowhere else."""
    user = accounts.create_user("lokal@samtall.example", "Lokal", at=timezone.now())
    for role in ROLES:
        accounts.grant_role(user, role, organisation=school, by=None, at=timezone.now())
    return user


@pytest.fixture
def browser(client: Client, local: User) -> Client:
    client.force_login(local)
    return client


def belongings(school: Organisation, name: str, number: str, by: User, *, institution: Organisation) -> SimpleNamespace:
    """What a school has, as ARGUMENTS takes it, all recorded by somebody of the whole installation."""
    said: dict[str, Any] = {"by": by, "at": timezone.now()}
    text = STANDARD.read_text().replace(
        'slug = "naeringsliv"', f'slug = "{name.lower()}"\ninstitution = "{institution.number}"', 1
    )
    form = inquiries.save_form(text, by=by.signature, at=said["at"])
    partner = parties.add_organisation(f"{name} Bygg AS", number=number, at=said["at"])
    parties.add_person(f"Kari {name}", organisation=partner)
    details = {"level": "master"}
    thesis = activities.propose("thesis", title=f"{name} oppgave", starts=date(2017, 1, 10), details=details, **said)
    lecture = activities.record(
        "guest_lecture", title=f"{name} time", starts=date(2017, 1, 9), state="completed", **said
    )
    network = activities.record("network", title=f"{name} nett", starts=date(2017, 1, 10), state="running", **said)
    course = activities.record("course", title=f"{name} kurs", starts=date(2017, 1, 10), details={"hours": 8}, **said)
    for activity, role in (
        (thesis, "institution"),
        (lecture, "institution"),
        (network, "institution"),
        (course, "provider"),
    ):
        part = activities.add_participation(activity, role=role, organisation=school, **said)
    lecturer = activities.add_participation(lecture, role="lecturer", organisation=partner, **said)
    sent = {"organisation": partner.number, "contact_name": f"Kari {name}", "email": "k@x.example", "description": name}
    return SimpleNamespace(
        organisation=partner,
        thesis=thesis,
        activity=course,
        part=part,
        evidence=activities.add_evidence(course, kind="attendance_list", description=name, **said),
        milestone=activities.add_milestone(thesis, title=f"{name} utkast", due=date(2017, 3, 1), **said),
        agreement=agreements.draw_up(thesis, language="nb", rights="students", confidentiality="none", **said),
        confirmation=confirmations.ask(lecturer, address="post@x.example", language="nb", **said),
        member=activities.add_participation(network, role="member", organisation=partner, **said),
        meeting=networks.hold(network, on=date(2017, 2, 1), **said),
        inquiry=inquiries.receive(form, sent, key=name.lower(), language="nb", at=said["at"]).inquiry,
    )


def narrowed(*, with_arguments: bool) -> list[str]:
    """The names of the addresses that open what is within reach of a role at an organisation."""
    names = {one.name: one for one in addresses() if getattr(one.view, "narrowed", False)}
    rooms = [name for name, one in names.items() if not one.view.permission.startswith(("accounts.", "mine."))]  # type: ignore[attr-defined]
    return sorted(name for name in rooms if ("<" in names[name].route) is with_arguments)


#: Addresses of something that belongs to nobody: kinds, seasons of a kind, one's own keys.
OF_NOBODY = {"activity-new", "season", "api-key-revoke"}


def paths_of(things: SimpleNamespace) -> dict[str, str]:
    names = [name for name in narrowed(with_arguments=True) if name not in OF_NOBODY]
    return {name: reverse(name, kwargs=ARGUMENTS[name](things)) for name in names}  # type: ignore[arg-type]


def with_a_file(things: SimpleNamespace, by: User) -> SimpleNamespace:
    said: dict[str, Any] = {"file": a_file(), "by": by, "at": timezone.now()}
    things.evidence = activities.add_evidence(things.activity, kind="attendance_list", description="17/4", **said)
    return things


def test_whatever_is_the_schools_opens_and_whatever_is_not_looks_like_what_is_absent(
    browser: Client,
    ours: SimpleNamespace,
    theirs: SimpleNamespace,
    coordinator: User,
    local: User,
    school: Organisation,
) -> None:
    own, others = paths_of(with_a_file(ours, coordinator)), paths_of(with_a_file(theirs, coordinator))
    met = {name: browser.get(path).status_code for name, path in own.items()}
    assert ({name: status for name, status in met.items() if status not in (200, 302, 405)}, len(own) > 35) == (
        {},
        True,
    )
    absent, leaks = page_of(browser.get("/finnes-ikke/")), []
    for name, path in others.items():
        for method in METHODS:
            answer = browser.generic(method, path)
            # a method that a page does not take is refused for every address of that form, also for what is not there
            told = method in ("GET", "POST") and answer.status_code == 404 and page_of(answer) != absent
            if told or answer.status_code not in (404, 405):
                leaks.append((name, method, answer.status_code))
    assert leaks == []
    for role in ROLES:
        accounts.end_role(local, role, organisation=school, by=None, at=timezone.now())
    assert {browser.get(path).status_code for path in own.values()} <= {404, 405}


def test_no_list_search_or_worklist_tells_of_anything_else(
    browser: Client, ours: SimpleNamespace, theirs: SimpleNamespace
) -> None:
    lists = [reverse(name) for name in narrowed(with_arguments=False)] + ["/", "/sesong/thesis/"]
    asked = ("", f"?q={SECRET}", "?vis=alle", "?studieaar=2016", "?status=alle", "?q=971035854")
    pages = {path + more: browser.get(path + more).content.decode() for path in lists for more in asked}
    secrets = [f"{SECRET} {what}" for what in ("skole", "Bygg", "oppgave", "time", "nett", "kurs", "utkast")]
    secrets += [f"Kari {SECRET}", theirs.inquiry.number]
    told = [(path, secret) for path, page in pages.items() for secret in secrets if secret in page]
    assert (told, len(lists) > 10) == ([], True)


def test_the_lists_have_what_is_ours(browser: Client, ours: SimpleNamespace) -> None:
    lists = ("activities", "organisations", "inquiries", "confirmations", "seasons", "search")
    missing = [name for name in lists if OURS not in browser.get(reverse(name) + "?q=synlig").content.decode()]
    assert missing == []


def test_what_is_counted_on_the_front_page_is_what_its_list_has(
    browser: Client, ours: SimpleNamespace, theirs: SimpleNamespace
) -> None:
    tasks = [task.sentence for task in browser.get("/").context["tasks"]]
    assert any(sentence.startswith("4 utkast") for sentence in tasks), tasks


def test_a_coordinator_and_a_validator_of_the_school_take_an_activity_all_the_way(
    browser: Client, local: User, school: Organisation, theirs: SimpleNamespace
) -> None:
    made = browser.post(
        "/aktiviteter/ny/course/", {"title": "Nytt", "starts": "10.01.2017", "state": "running", "detail_hours": "8"}
    )
    activity = queries.visible_to(local).get()
    assert (made["Location"], activity.title) == (f"/aktiviteter/{activity.pk}/", "Nytt")
    added = browser.post(f"/aktiviteter/{activity.pk}/deltar/provider/", {"organisation": school.number})
    assert added.status_code == 302
    assert list(queries.visible_to(local)) == [activity]


def test_who_reads_everything_and_records_at_one_school_changes_only_what_is_there(
    browser: Client, local: User, ours: SimpleNamespace, theirs: SimpleNamespace
) -> None:
    accounts.grant_role(local, "reader", by=None, at=timezone.now())
    other = f"/aktiviteter/{theirs.activity.pk}/"
    page = browser.get(other)
    assert (page.status_code, page.context["can"].change, page.context["may_open_files"]) == (200, False, False)
    assert browser.get(f"{other}endre/").status_code == 404
    assert browser.get(f"/aktiviteter/{ours.activity.pk}/endre/").status_code == 200


def test_nobody_points_to_an_activity_they_do_not_see(
    local: User, ours: SimpleNamespace, theirs: SimpleNamespace
) -> None:
    followed = registry.kind("thesis").stage("followed")
    pointed = [
        StageForm({"on": "10.06.2017", "led_to": str(one.activity.pk)}, stage=followed, among=queries.visible_to(local))
        for one in (ours, theirs)
    ]
    assert [form.is_valid() for form in pointed] == [True, False]


def test_a_key_reaches_as_far_as_who_made_it(
    client: Client, local: User, ours: SimpleNamespace, theirs: SimpleNamespace
) -> None:
    scopes = ["activities.read", "activities.record", "organisations.read", "inquiries.read", "inquiries.handle"]
    day = timezone.localdate() + timedelta(days=9)
    with pytest.raises(NotYours):
        make_key("x", scopes=["imports.run"], last_day=day, by=local, at=timezone.now())
    _key, secret = make_key("x", scopes=scopes, last_day=day, by=local, at=timezone.now())
    called = {"headers": {"Authorization": f"Bearer {secret}"}}
    for path in ("activities", "organisations", "inquiries", f"organisations?q={SECRET}", "activities?q=hemmelig"):
        assert SECRET not in client.get(f"/api/v1/{path}", **called).content.decode()  # type: ignore[arg-type]
    statuses = [
        client.get(f"/api/v1/{path}", **called).status_code  # type: ignore[arg-type]
        for things in (ours, theirs)
        for path in (
            f"activities/{things.activity.pk}",
            f"organisations/{things.organisation.number}",
            f"inquiries/{things.inquiry.number}",
        )
    ]
    assert statuses == [200] * 3 + [404] * 3
    sent = {"form": SECRET.lower(), "answers": {}}
    refused = client.post("/api/v1/inquiries", sent, content_type="application/json", **called)  # type: ignore[arg-type]
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "form")
    changed = client.put(
        f"/api/v1/activities/{theirs.activity.pk}",
        {"reason": "x"},
        content_type="application/json",
        **called,  # type: ignore[arg-type]
    )
    assert changed.status_code == 404
    assert client.get("/api/v1/figures/collaborations/list", **called).status_code == 403  # type: ignore[arg-type]
