"""The people that proofs need: a user of each role, and companies for those whose role is held at one."""

from dataclasses import dataclass

from samtall.accounts import operations as accounts
from samtall.accounts.models import User
from samtall.accounts.roles import ROLES, Reach
from samtall.base import clock
from samtall.parties import operations as parties
from samtall.parties.models import Organisation


@dataclass(frozen=True)
class Cast:
    """One user of each role by its code, an administrator of one organisation, and their company and another."""

    users: dict[str, User]
    company: Organisation
    other_company: Organisation
    other_partner: User


def make_cast() -> Cast:
    company = parties.add_organisation("Bø Bygg AS", number="974760673", at=clock.now())
    other = parties.add_organisation("Lunde Last AS", number="313000028", at=clock.now())
    users = {
        role.code: user_with(role.code, organisation=company if role.reach is Reach.ORGANISATION else None)
        for role in ROLES
    }
    users["student"].person = parties.add_person("Student")
    users["student"].save()
    users["local_administrator"] = user_with("administrator", organisation=company, name="local")
    return Cast(users, company, other, user_with("partner", organisation=other, name="other"))


def user_with(role: str, *, organisation: Organisation | None = None, name: str = "") -> User:
    name = name or role
    user = accounts.create_user(f"{name}@samtall.example", name.replace("_", " ").capitalize(), at=clock.now())
    accounts.grant_role(user, role, organisation=organisation, by=None, at=clock.now())
    return user
