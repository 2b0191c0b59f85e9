"""Who may open which address: every address of the house against samtall/accounts/matrix.csv.

A new address needs a line in the matrix and, where it has arguments, a line in ARGUMENTS
(samtall/config/prove/things.py) that says which real thing to try it with. What a line leaves out is hidden.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from pytest_django import Settings

from samtall.accounts import openid
from samtall.accounts.models import User
from samtall.accounts.policy import PERMISSIONS
from samtall.config.prove.addresses import HARMLESS, METHODS, VISITORS, addresses, matrix, seen
from samtall.config.prove.things import ARGUMENTS, Things, make_things, path_of
from samtall.parties.models import Organisation
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK

MATRIX = Path(settings.PACKAGE) / "accounts" / "matrix.csv"

#: Somebody not signed in, one user of each role, and an administrator of one organisation.
VISITORS = ("public", *(role.code for role in ROLES), "local_administrator")

#: Every way of asking. Where a visitor is refused, all are tried and all are refused alike.
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
HARMLESS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Things:
    """One real thing of each sort, to try addresses with."""

    user: User
    invitation: Invitation
    token: str
    import_: Import
    organisation: Organisation
    activity: Activity
    part: Participation
    evidence: Evidence
    identification: Identification
    distinction: Distinction
    thesis: Activity
    agreement: Agreement
    confirmation: Request
    milestone: Milestone
    meeting: Meeting
    member: Participation
    letter: Letter
    answer: IncomingLetter
    inquiry: Inquiry
    unconfirmed: Unconfirmed
    environment: Environment


def sender_of(things: Things) -> dict[str, Any]:
    """What stands in the address of the sender's own page."""
    return {"number": things.inquiry.number, "token": link_token(things.inquiry.pk, things.inquiry.link)}


ARGUMENTS: dict[str, Callable[[Things], dict[str, Any]]] = {
    "answer": lambda things: {"pk": things.answer.pk},
    "answer-aside": lambda things: {"pk": things.answer.pk},
    "answer-message": lambda things: {"pk": things.answer.pk},
    "activity": lambda things: {"pk": things.activity.pk},
    "activity-change": lambda things: {"pk": things.activity.pk},
    "activity-evidence-file": lambda things: {"pk": things.activity.pk, "piece": things.evidence.pk},
    "activity-evidence-new": lambda things: {"pk": things.activity.pk},
    "activity-evidence-remove": lambda things: {"pk": things.activity.pk, "piece": things.evidence.pk},
    "activity-milestone": lambda things: {"pk": things.thesis.pk, "milestone": things.milestone.pk},
    "activity-milestone-new": lambda things: {"pk": things.thesis.pk},
    "activity-milestone-remove": lambda things: {"pk": things.thesis.pk, "milestone": things.milestone.pk},
    "activity-milestones": lambda things: {"pk": things.thesis.pk},
    "activity-new": lambda things: {"code": "course"},
    "activity-part": lambda things: {"pk": things.activity.pk, "part": things.part.pk},
    "activity-part-left": lambda things: {"pk": things.activity.pk, "part": things.part.pk},
    "activity-part-new": lambda things: {"pk": things.activity.pk, "role": "provider"},
    "activity-part-remove": lambda things: {"pk": things.activity.pk, "part": things.part.pk},
    "activity-return": lambda things: {"pk": things.activity.pk},
    "activity-stage": lambda things: {"pk": things.thesis.pk, "stage": "approved"},
    "activity-state": lambda things: {"pk": things.activity.pk, "verb": "fullfort"},
    "activity-submit": lambda things: {"pk": things.activity.pk},
    "activity-validate": lambda things: {"pk": things.activity.pk},
    "activity-withdraw": lambda things: {"pk": things.activity.pk},
    "distinction-withdraw": lambda things: {"pk": things.distinction.pk},
    "agreement": lambda things: {"pk": things.agreement.pk},
    "agreement-cancel": lambda things: {"pk": things.agreement.pk},
    "agreement-change": lambda things: {"pk": things.agreement.pk},
    "agreement-pdf": lambda things: {"pk": things.agreement.pk},
    "agreement-send": lambda things: {"pk": things.agreement.pk},
    "agreement-sign": lambda things: {"pk": things.agreement.pk},
    "agreement-new": lambda things: {"pk": things.thesis.pk},
    "activity-confirmations": lambda things: {"pk": things.confirmation.activity_id},
    "confirm": lambda things: {"token": "used-or-expired"},
    "confirmation-revoke": lambda things: {"pk": things.confirmation.pk},
    "confirmation-settle": lambda things: {"pk": things.confirmation.pk},
    "api-activity": lambda things: {"pk": things.activity.pk},
    "api-figure": lambda things: {"slug": "collaborations"},
    "api-figure-list": lambda things: {"slug": "collaborations"},
    "api-key-revoke": lambda things: {"pk": 1},
    "api-organisation": lambda things: {"key": things.organisation.number},
    "api-posting": lambda things: {"position": 1},
    "figure": lambda things: {"slug": "collaborations"},
    "figure people-on-courses": lambda things: {"slug": "people-on-courses"},
    "figure-list": lambda things: {"slug": "collaborations"},
    "figure-list people-on-courses": lambda things: {"slug": "people-on-courses"},
    "identification-withdraw": lambda things: {"pk": things.identification.pk},
    "identities-decide": lambda things: {"pk": things.organisation.pk},
    "import": lambda things: {"pk": things.import_.pk},
    "import-columns": lambda things: {"pk": things.import_.pk},
    "import-discard": lambda things: {"pk": things.import_.pk},
    "import-duplicates": lambda things: {"pk": things.import_.pk},
    "import-organisation": lambda things: {"pk": things.import_.pk},
    "import-overlap": lambda things: {"pk": things.import_.pk, "row": 0},
    "import-row": lambda things: {"pk": things.import_.pk, "row": 2},
    "import-problems": lambda things: {"pk": things.import_.pk},
    "import-start": lambda things: {"pk": things.import_.pk},
    "import-progress": lambda things: {"pk": things.import_.pk},
    "import-step": lambda things: {"pk": things.import_.pk},
    "import-template": lambda things: {"code": "alle"},
    "import-undo": lambda things: {"pk": things.import_.pk},
    "contact-case": lambda things: sender_of(things),
    "contact-case guessed": lambda things: sender_of(things) | {"token": "0" * 40},
    "contact-confirm": lambda things: {"key": things.unconfirmed.key, "token": confirm_token(things.unconfirmed.key)},
    "contact-confirm guessed": lambda things: {"key": things.unconfirmed.key, "token": "0" * 40},
    "contact-confirm-sent": lambda things: {"slug": "naeringsliv"},
    "contact-form": lambda things: {"slug": "naeringsliv"},
    "contact-lookup": lambda things: {"slug": "naeringsliv"},
    "contact-receipt": lambda things: {"slug": "naeringsliv"} | sender_of(things),
    "contact-receipt guessed": lambda things: {"slug": "naeringsliv"} | sender_of(things) | {"token": "0" * 40},
    "environment": lambda things: {"slug": things.environment.slug},
    "form-change": lambda things: {"slug": "naeringsliv"},
    "form-setup": lambda things: {"slug": "naeringsliv"},
    "framed-contact-confirm-sent": lambda things: {"slug": "naeringsliv"},
    "framed-contact-form": lambda things: {"slug": "naeringsliv"},
    "framed-contact-lookup": lambda things: {"slug": "naeringsliv"},
    "framed-contact-receipt": lambda things: {"slug": "naeringsliv"} | sender_of(things),
    "inquiry": lambda things: {"number": things.inquiry.number},
    "inquiry-act": lambda things: {"number": things.inquiry.number, "verb": "svar"},
    "inquiry-choose": lambda things: {"number": things.inquiry.number},
    "inquiry-handover": lambda things: {"number": things.inquiry.number, "code": "course"},
    "inquiry-take": lambda things: {"number": things.inquiry.number},
    "kind": lambda things: {"code": "course"},
    "letter": lambda things: {"pk": things.letter.pk},
    "letter-again": lambda things: {"pk": things.letter.pk},
    "letter-file": lambda things: {"pk": things.letter.pk, "file": things.letter.files.get().pk},
    "letter-html": lambda things: {"pk": things.letter.pk},
    "letter-stop": lambda things: {"pk": things.letter.pk},
    "mfa_remove_webauthn": lambda things: {"pk": things.user.pk},
    "openid-connect": lambda things: {"provider_id": "feide"},
    "openid-disconnect": lambda things: {"pk": things.user.pk},
    "openid_callback": lambda things: {"provider_id": "feide"},
    "openid_login": lambda things: {"provider_id": "feide"},
    "network": lambda things: {"pk": things.meeting.activity_id},
    "network-leave": lambda things: {"pk": things.meeting.activity_id, "part": things.member.pk},
    "network-meeting": lambda things: {"pk": things.meeting.activity_id, "meeting": things.meeting.pk},
    "network-meeting-new": lambda things: {"pk": things.meeting.activity_id},
    "network-meeting-remove": lambda things: {"pk": things.meeting.activity_id, "day": "2017-02-01"},
    "organisation": lambda things: {"key": things.organisation.number},
    "organisation-merge": lambda things: {"key": things.organisation.number},
    "programme": lambda things: {"slug": "midt-telemark"},
    "season": lambda things: {"code": "thesis"},
    "invitation": lambda things: {"token": things.token},
    "invitation-withdraw": lambda things: {"pk": things.invitation.pk},
    "user": lambda things: {"pk": things.user.pk},
    "user-factors-forget": lambda things: {"pk": things.user.pk},
    "user-role": lambda things: {"pk": things.user.pk},
    "user-role-end": lambda things: {"pk": things.user.pk, "grant": things.user.grants.get().pk},
}


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    view: Callable[..., HttpResponse]


def walk(resolver: URLResolver, before: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(pattern.name or "", route, pattern.callback)
        else:
            yield from walk(pattern, route)


def addresses() -> list[Address]:
    """Every address once, by its first name (allauth knows some of ours by names of its own)."""
    by_route: dict[str, Address] = {}
    for address in walk(get_resolver()):
        by_route.setdefault(address.route, address)
    return list(by_route.values())


def matrix() -> dict[str, dict[str, str]]:
    with MATRIX.open(newline="", encoding="utf-8") as file:
        return {row.pop("address"): row for row in csv.DictReader(file, restval="hidden")}


@pytest.fixture
def visitors(request: pytest.FixtureRequest, settings: Settings) -> dict[str, Client]:
    """A browser of each: somebody not signed in, and one user of each role, who has second factors."""
    feide = openid.Provider(id="feide", brand="Feide", issuer="http://127.0.0.1:9", client_id="x", client_secret="x")
    settings.OPENID = (feide,)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid": {"APPS": openid.as_apps((feide,))}}
    clients = {visitor: Client(raise_request_exception=True) for visitor in VISITORS}
    for visitor in VISITORS[1:]:
        user = request.getfixturevalue(visitor)
        TOTP.activate(user, "A" * 32)
        RecoveryCodes.activate(user)
        clients[visitor].force_login(user)
    return clients


@pytest.fixture
def things(
    reader: User, partner: User, administrator: User, company: Organisation, settings: Settings, tmp_path: Path
) -> Things:
    settings.DATA = tmp_path  # where files are put
    return make_things(reader=reader, partner=partner, administrator=administrator, company=company)


def test_every_address_has_a_name() -> None:
    assert [address.route for address in addresses() if not address.name] == []


def test_every_view_says_which_permission_it_takes() -> None:
    silent = [address.name for address in addresses() if not hasattr(address.view, "permission")]
    unknown = [
        address.name for address in addresses() if getattr(address.view, "permission", None) not in {None, *PERMISSIONS}
    ]
    assert (silent, unknown) == ([], [])


def test_the_matrix_tells_of_every_address_and_of_no_other() -> None:
    assert sorted({name.split()[0] for name in matrix()}) == sorted(address.name for address in addresses())


def test_every_address_with_arguments_has_something_real_to_be_tried_with() -> None:
    with_arguments = {address.name for address in addresses() if "<" in address.route}
    assert sorted(with_arguments - set(ARGUMENTS)) == []


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_address_is_open_hidden_or_asks_to_sign_in_as_the_matrix_says(
    visitor: str, visitors: dict[str, Client], things: Things
) -> None:
    rows = {name: row[visitor] for name, row in matrix().items()}
    paths = {name: path_of(name, things) for name in rows}
    browser, met, failed, probes = visitors[visitor], {}, [], 0
    for name, expected in rows.items():
        # a guess at something public is refused as anything is that the page does not take: 405 tells nothing
        guessed = name.endswith(" guessed")
        for method in ("GET", "HEAD") if guessed else HARMLESS if expected == "ok" else METHODS:
            response = browser.generic(method, paths[name])
            probes += 1
            if response.status_code >= 500:
                failed.append((name, method))
            if method == "GET" or expected != "ok":
                met[name, method] = seen(response)
    print(f"{visitor}: {probes} probes")  # noqa: T201 - the figure that is asked for
    assert met == {(name, method): rows[name] for name, method in met}
    assert failed == []


def test_what_is_hidden_looks_like_what_is_absent(visitors: dict[str, Client], things: Things) -> None:
    absent = visitors["reader"].get("/finnes-ikke/")
    hidden = {
        (visitor, name): visitors[visitor].get(path_of(name, things))
        for name, row in matrix().items()
        for visitor in VISITORS
        if row[visitor] == "hidden"
    }
    told = {key: response.status_code for key, response in hidden.items() if page_of(response) != page_of(absent)}
    assert told == {}


def page_of(response: Any) -> str:
    """A page without what differs between any two: the address, the reader's name and menu, the form's key."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    return main[0] if main else response.content.decode()
