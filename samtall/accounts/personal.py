"""The personal data of those who sign in."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db.models import DateTimeField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from samtall.accounts import operations
from samtall.accounts.models import Invitation, NewAddress, RoleGrant, Session, User
from samtall.accounts.roles import known
from samtall.accounts.sessions import SessionStore
from samtall.base.personal import SECURITY_DUTY, Address, Held, Limit, Processing, Signed, Subject
from samtall.base.text import Words
from samtall.ui.writing import moment, short_date


def held(subject: Subject) -> list[Held]:
    users = User.objects.filter(pk__in=subject.users).prefetch_related("grants__organisation", "sessions")
    invitations = Invitation.objects.filter(email__in=subject.emails).order_by("pk")
    return [one for user in users for one in _about(user)] + [
        Held(
            _("Invitation"),
            [(_("Name"), one.name), (_("E-mail address"), one.email), (_("Role"), _role(one.role))],
            when=one.invited_at,
        )
        for one in invitations
    ]


def _about(user: User) -> list[Held]:
    roles = [
        f"{_role(grant.role)} {short_date(grant.granted_at)}–{short_date(grant.ended_at) if grant.ended_at else ''}"
        for grant in user.grants.all()
    ]
    values = [
        (_("Name"), user.name),
        (_("E-mail address"), user.email),
        (_("Language"), user.language),
        (_("Roles"), "; ".join(roles)),
        (_("Last signed in"), moment(user.last_login) if user.last_login else ""),
    ]
    account = Held(_("User account"), [(label, value) for label, value in values if value], when=user.joined_at)
    sessions = [
        Held(
            _("Signed in"),
            [(_("Browser"), session.browser), (_("Last used"), moment(session.seen_at))],
            when=session.started_at,
        )
        for session in user.sessions.all()
    ]
    moving = [
        Held(_("New e-mail address"), [(_("E-mail address"), one.email)], when=one.asked_at)
        for one in NewAddress.objects.filter(user=user)
    ]
    connected = [
        Held(_("Sign-in with another provider"), [(_("Provider"), one.provider), (_("Identifier"), one.uid)])
        for one in SocialAccount.objects.filter(user=user)
    ]
    return [account, *moving, *sessions, *connected]


def _role(code: str) -> str:
    return str(next((role.words for role in known([code])), code))


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """Close the accounts, and delete what anybody who was not signed in has left in a session."""
    for user in User.objects.filter(pk__in=subject.users):
        operations.erase_user(user, at=at)
    Invitation.objects.filter(email__in=subject.emails).delete()
    EmailAddress.objects.filter(email__in=subject.emails).delete()
    NewAddress.objects.filter(email__in=subject.emails).delete()
    wanted, store = [word.lower() for word in subject.words], SessionStore()
    nobodys = Session.objects.filter(user=None).iterator(chunk_size=200)
    naming = [row.pk for row in nobodys if _names(str(store.decode(row.session_data)).lower(), wanted)]
    Session.objects.filter(pk__in=naming).delete()


def _names(text: str, words: list[str]) -> bool:
    return any(word in text for word in words)


def _unused() -> "QuerySet[Any]":
    """Accounts that hold no role, or only that of reaching oneself, by when they were last used."""
    working = RoleGrant.objects.filter(user=OuterRef("pk"), ended_at=None).exclude(role="student")
    last = Coalesce(F("last_login"), F("joined_at"), output_field=DateTimeField())
    return User.objects.filter(~Exists(working), erased_at=None, demonstration=False).annotate(since=last)


def _end(users: list[Any], at: datetime) -> None:
    for user in User.objects.filter(pk__in=users):
        operations.erase_user(user, at=at)


PROCESSING = (
    Processing(
        code="accounts",
        words=Words("Brukere og innlogging", "Brukarar og innlogging", "Users and signing in"),
        purpose=Words(
            "Å slippe inn dem som skal ha tilgang, og vise hvem som har gjort hva.",
            "Å sleppe inn dei som skal ha tilgang, og vise kven som har gjort kva.",
            "To let in those who are to have access, and to show who has done what.",
        ),
        basis=SECURITY_DUTY,
        whose=Words(
            "Ansatte, bedriftskontakter og studenter med konto",
            "Tilsette, bedriftskontaktar og studentar med konto",
            "Staff, company contacts and students with an account",
        ),
        data=Words(
            "Navn, e-postadresse, språk, roller, nettlesere man er logget inn i, siste innlogging, "
            "ekstra innloggingsmåter",
            "Namn, e-postadresse, språk, roller, nettlesarar ein er logga inn i, siste innlogging, "
            "ekstra innloggingsmåtar",
            "Name, e-mail address, language, roles, browsers one is signed in with, last signing in, further ways to "
            "sign in",
        ),
        seen_by=Words(
            "Den det gjelder, administratorer og personvernansvarlige",
            "Den det gjeld, administratorar og personvernansvarlege",
            "The person, administrators and those who answer for data protection",
        ),
        kept=Words(
            "Økter: inntil de er over. Kontoer uten rolle i arbeidet: %(days)d dager etter siste innlogging.",
            "Økter: til dei er over. Kontoar utan rolle i arbeidet: %(days)d dagar etter siste innlogging.",
            "Sessions: until they are over. Accounts without a role in the work: %(days)d days after last signing in.",
        ),
        fields={
            "accounts.User": ("email", "name"),
            "accounts.Invitation": ("email", "name"),
            "accounts.NewAddress": ("email",),
            "accounts.Session": ("session_data", "browser"),
            "account.EmailAddress": ("email",),
            "socialaccount.SocialAccount": ("uid", "extra_data"),
            "socialaccount.SocialToken": ("token", "token_secret"),
            "mfa.Authenticator": ("data",),
        },
        emails=(
            Address("accounts.User", "email", "name"),
            Address("accounts.Invitation", "email", "name"),
            Address("accounts.NewAddress", "email"),
        ),
        held=held,
        erase=erase,
        limit=Limit(setting="ACCOUNTS_KEPT_DAYS", waiting=_unused, end=_end),
    ),
)
