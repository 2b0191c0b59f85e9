"""Roles and what they may do."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from samtall.accounts import operations, policy, roles
from samtall.accounts.models import RoleGrant, User
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

AT = datetime(2016, 3, 1, 12, tzinfo=UTC)


@policy.allowed("activities.record")
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


def ask(user: User | AnonymousUser, rf: RequestFactory) -> HttpResponse:
    request = rf.get("/aktiviteter/ny/thesis/")
    request.user = user
    return page(request)


def test_every_role_is_made_of_permissions_that_the_policy_explains() -> None:
    held = roles.PUBLIC.union(*(role.permissions for role in roles.ROLES))
    assert held == set(policy.PERMISSIONS)


def test_only_the_one_who_gives_roles_can_give_roles_and_cannot_use_them() -> None:
    assert [role.code for role in roles.ROLES if "accounts.manage" in role.permissions] == ["administrator"]
    assert roles.ADMINISTRATOR.permissions - roles.PUBLIC == {"accounts.read", "accounts.manage", "witnesses.manage"}


def test_no_role_both_records_and_validates() -> None:
    both = {"activities.record", "activities.validate"}
    assert [role.code for role in roles.ROLES if role.permissions >= both] == []


def test_who_is_not_signed_in_may_read_figures_programmes_and_publications_only() -> None:
    granted = {permission for permission in policy.PERMISSIONS if policy.may(AnonymousUser(), permission)}
    assert granted == {"programmes.read", "figures.read", "publications.read"}


def test_a_permission_that_does_not_exist_is_an_error_for_everybody(coordinator: User) -> None:
    with pytest.raises(KeyError):
        policy.may(coordinator, "activities.recrod")
    with pytest.raises(KeyError):
        policy.allowed("activities.recrod")


def test_a_user_may_do_what_all_their_roles_allow(reader: User) -> None:
    operations.grant_role(reader, "validator", by=None, at=AT)
    assert policy.may(reader, "activities.validate")
    assert policy.may(reader, "figures.list")
    assert not policy.may(reader, "activities.record")


def test_a_page_is_seen_hidden_or_asks_to_sign_in(coordinator: User, reader: User, rf: RequestFactory) -> None:
    assert ask(coordinator, rf).content == b"seen"
    with pytest.raises(Http404):
        ask(reader, rf)
    answer = ask(AnonymousUser(), rf)
    assert (answer.status_code, answer["Location"]) == (302, "/logg-inn/?next=/aktiviteter/ny/thesis/")


def test_what_not_everybody_may_see_is_not_kept_by_caches(coordinator: User, rf: RequestFactory) -> None:
    assert ask(coordinator, rf)["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_a_view_tells_its_permission() -> None:
    @policy.public_page
    def open_page(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert (page.permission, open_page.permission) == ("activities.record", None)  # type: ignore[attr-defined]


def test_a_role_that_ends_acts_on_the_next_request(reader: User, administrator: User) -> None:
    assert policy.may(reader, "figures.list")
    operations.end_role(User.objects.get(pk=reader.pk), "reader", by=administrator, at=AT)
    assert not policy.may(User.objects.get(pk=reader.pk), "figures.list")


def test_a_deactivated_user_may_do_what_everybody_may(reader: User) -> None:
    reader.is_active = False
    assert not policy.may(reader, "figures.list")


def test_nobody_changes_their_own_roles(administrator: User) -> None:
    with pytest.raises(operations.OwnRole):
        operations.grant_role(administrator, "validator", by=administrator, at=AT)
    with pytest.raises(operations.OwnRole):
        operations.end_role(administrator, "administrator", by=administrator, at=AT)


def test_a_grant_says_who_gave_and_who_ended_it_and_when(reader: User, administrator: User) -> None:
    operations.grant_role(reader, "validator", by=administrator, at=AT)
    operations.grant_role(reader, "validator", by=administrator, at=AT)
    later = AT.replace(year=2017)
    operations.end_role(reader, "validator", by=administrator, at=later)
    grants = RoleGrant.objects.filter(user=reader, role="validator")
    assert [(g.granted_by, g.granted_at, g.ended_by, g.ended_at) for g in grants] == [
        (administrator, AT, administrator, later)
    ]


def test_a_role_that_does_not_exist_cannot_be_given(reader: User) -> None:
    with pytest.raises(KeyError):
        operations.grant_role(reader, "superuser", by=None, at=AT)


def test_an_address_is_one_user_whatever_its_capitals(db: None) -> None:
    user = operations.create_user("Kari.Nes@Samtall.Example", "Kari Nes", at=AT)
    assert user.email == "kari.nes@samtall.example"
    with pytest.raises(operations.UserExists):
        operations.create_user("KARI.NES@samtall.example", "Kari", at=AT)


def test_an_address_that_is_none_is_refused(db: None) -> None:
    with pytest.raises(ValidationError):
        operations.create_user("kari", "Kari", at=AT)


def test_a_role_at_an_organisation_reaches_it_and_its_departments_and_nothing_else(
    reader: User, company: Organisation
) -> None:
    other = parties.add_organisation("Annen AS", number="971035854", at=AT)
    department = parties.add_organisation("Bø Bygg, avdeling Lunde", at=AT)
    within = parties.add_organisation("Bø Bygg, avdeling Lunde, snekkeri", at=AT)
    department.part_of, within.part_of = company, department
    department.save()
    within.save()
    operations.end_role(reader, "reader", by=None, at=AT)
    operations.grant_role(reader, "coordinator", organisation=company, by=None, at=AT)
    reach = policy.scope(reader, "activities.record")
    assert reach == policy.Scope(organisations=frozenset({company.pk, department.pk, within.pk}))
    assert [reach.covers(one) for one in (company, within, other, None)] == [True, True, False, False]
    assert not policy.may(reader, "activities.record")
    assert policy.scope(reader, "activities.validate") == policy.NOTHING


def test_a_person_may_hold_roles_in_several_organisations(partner: User, company: Organisation) -> None:
    other = parties.add_organisation("Annen AS", number="971035854", at=AT)
    operations.grant_role(partner, "partner", organisation=other, by=None, at=AT)
    assert policy.scope(partner, "mine.read").organisations == {company.pk, other.pk}
    operations.end_role(partner, "partner", organisation=company, by=None, at=AT)
    assert policy.scope(partner, "mine.read").organisations == {other.pk}


def test_a_role_everywhere_reaches_everything(coordinator: User, company: Organisation) -> None:
    operations.grant_role(coordinator, "coordinator", organisation=company, by=None, at=AT)
    assert policy.scope(coordinator, "activities.record") == policy.EVERYTHING


def test_a_student_reaches_what_is_about_that_person_and_nothing_before_it_is_known_who_that_is(student: User) -> None:
    assert policy.scope(student, "mine.read") == policy.Scope(person=student.person_id)
    student.person = None
    assert not policy.scope(student, "mine.read")


def test_a_page_that_narrows_itself_is_open_to_whoever_reaches_something(partner: User, rf: RequestFactory) -> None:
    @policy.allowed("mine.read", narrowed=True)
    def narrowed(request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"seen")

    @policy.allowed("mine.read")
    def whole(request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"seen")

    request = rf.get("/")
    request.user = partner
    assert narrowed(request).content == b"seen"
    with pytest.raises(Http404):
        whole(request)


def test_what_everybody_may_reaches_everything_for_everybody(partner: User) -> None:
    assert [policy.scope(one, "figures.read").everything for one in (AnonymousUser(), partner)] == [True, True]
