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
from django.db import connection
from django.test import Client
from pytest_django import Settings

from samtall.accounts.models import User
from samtall.accounts.policy import PERMISSIONS
from samtall.config.prove.addresses import METHODS, VISITORS, WITH_OPENID, addresses, matrix, seen
from samtall.config.prove.things import ARGUMENTS, Things, make_things, path_of
from samtall.parties.models import Organisation

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="who may enter is asked of no database; `prove access` tries it on both"
    ),
]


@pytest.fixture
def visitors(request: pytest.FixtureRequest, settings: Settings) -> dict[str, Client]:
    """A browser of each: somebody not signed in, and one user of each role, who has second factors."""
    for name, value in WITH_OPENID.items():
        setattr(settings, name, value)
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
        # `samtall prove access` also asks with HEAD and OPTIONS for what is open
        # a guess at something public is refused as anything is that the page does not take: 405 tells nothing
        guessed = name.endswith(" guessed")
        for method in ("GET",) if guessed or expected == "ok" else METHODS:
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
