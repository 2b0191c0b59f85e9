"""What is sent as a passkey and is none is refused in words, wherever passkeys are taken."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from samtall.accounts.models import User

NO_PASSKEYS = [
    "9" * 5_000,
    "5",
    "[]",
    "null",
    "{}",
    "x",
    '{"id":1}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":5}',
    '{"id":"a","rawId":"a","response":{},"type":"public-key"}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","authenticatorData":"YQ",'
    '"signature":"YQ","userHandle":"MQ"}}',
]


@pytest.mark.django_db
@pytest.mark.parametrize("credential", NO_PASSKEYS, ids=lambda text: text[:30])
def test_nobody_signs_in_with_what_is_no_passkey(credential: str, client: Client) -> None:
    client.get("/logg-inn/nokkel/")
    answer = client.post("/logg-inn/nokkel/", {"credential": credential})
    assert (answer.status_code, answer["Location"]) == (302, "/logg-inn/")
    assert len(list(get_messages(answer.wsgi_request))) == 1


@pytest.mark.parametrize("credential", NO_PASSKEYS, ids=lambda text: text[:30])
def test_nobody_adds_what_is_no_passkey(
    credential: str, coordinator: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(coordinator)
    client.get("/min-konto/nokler/ny/")
    answer = client.post("/min-konto/nokler/ny/", {"credential": credential, "name": "Nøkkelen"})
    assert answer.context["form"].errors
    assert "Nøkkelen" in answer.content.decode()
