"""Signing in with an OpenID provider: a real one, on loopback."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from samtall.accounts import openid, operations
from samtall.accounts.models import Invitation, User
from samtall.accounts.tests.openid_server import CLIENT, SECRET, OpenIDServer
from samtall.accounts.tests.test_sign_in import who

ClientOf = Callable[[User], Client]
AT = datetime(2016, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[OpenIDServer]:
    server = OpenIDServer()
    yield server
    server.close()


def provider(server: OpenIDServer, **said: Any) -> openid.Provider:
    return openid.Provider(
        **{
            "id": "feide",
            "brand": "Feide",
            "issuer": server.issuer,
            "client_id": CLIENT,
            "client_secret": SECRET,
            **said,
        }
    )


def use(settings: Settings, *providers: openid.Provider) -> None:
    settings.OPENID = providers
    settings.SOCIALACCOUNT_PROVIDERS = {"openid": {"APPS": openid.as_apps(providers)}}


@pytest.fixture(autouse=True)
def feide(server: OpenIDServer, settings: Settings) -> None:
    use(settings, provider(server))


def way_back(browser: Client, begin: str = "/logg-inn/med/feide/") -> str:
    """Go to the provider and through it; the address that it sends the browser back to."""
    leaving = browser.get(begin)
    assert leaving.status_code == 302
    back = urlsplit(httpx.get(leaving["Location"]).headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(browser: Client, begin: str = "/logg-inn/med/feide/") -> Any:
    return browser.get(way_back(browser, begin))


def tie(user: User, server: OpenIDServer) -> None:
    SocialAccount.objects.create(user=user, provider="feide", uid=f"{server.issuer}|kari")


def test_who_is_known_by_the_provider_signs_in_and_comes_to_the_page_that_was_wanted(
    reader: User, server: OpenIDServer
) -> None:
    tie(reader, server)
    browser = Client()
    answer = sign_in(browser, "/logg-inn/med/feide/?next=/aktiviteter/")
    assert (answer.status_code, answer["Location"], who(browser)) == (302, "/aktiviteter/", str(reader.pk))


def test_the_way_there_has_pkce_and_a_nonce_and_a_state_that_differ_each_time(db: None) -> None:
    asked = [parse_qs(urlsplit(Client().get("/logg-inn/med/feide/")["Location"]).query) for _ in range(2)]
    assert [query["code_challenge_method"] for query in asked] == [["S256"], ["S256"]]
    for name in ("code_challenge", "nonce", "state"):
        assert asked[0][name] != asked[1][name]


def test_who_was_not_invited_is_refused_and_nothing_is_kept(server: OpenIDServer, reader: User) -> None:
    server.userinfo = {"email": reader.email, "email_verified": True}
    browser = Client()
    answer = sign_in(browser)
    assert (answer.status_code, who(browser)) == (403, None)
    assert "Du har ikke tilgang ennå" in answer.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_a_verified_address_that_was_invited_takes_the_invitation_once(
    server: OpenIDServer, administrator: User
) -> None:
    operations.invite("kari@nes.example", "Kari Nes", "reader", by=administrator, at=timezone.now())
    server.userinfo = {"email": "Kari@Nes.example", "email_verified": True}
    browser = Client()
    sign_in(browser)
    user = User.objects.get(email="kari@nes.example")
    assert (who(browser), user.roles) == (str(user.pk), frozenset({"reader"}))
    assert SocialAccount.objects.get().uid == f"{server.issuer}|kari"
    server.person = {"sub": "somebody else"}
    assert sign_in(Client()).status_code == 403


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_takes_no_invitation(
    server: OpenIDServer, administrator: User, verified: object
) -> None:
    operations.invite("kari@nes.example", "Kari Nes", "reader", by=administrator, at=timezone.now())
    server.userinfo = {"email": "kari@nes.example", "email_verified": verified}
    assert sign_in(Client()).status_code == 403
    assert Invitation.objects.get().ended_at is None


def test_who_has_accepted_an_invitation_in_the_same_browser_is_known_from_then_on(
    server: OpenIDServer, administrator: User
) -> None:
    _, token = operations.invite("kari@nes.example", "Kari Nes", "reader", by=administrator, at=timezone.now())
    browser, other, later = Client(), Client(), Client()
    browser.post(f"/invitasjon/{token}/")
    assert sign_in(other).status_code == 403
    assert sign_in(browser).status_code == 302
    assert sign_in(later).status_code == 302
    assert who(later) == str(User.objects.get(email="kari@nes.example").pk)


def test_a_user_connects_and_disconnects_a_provider(reader: User, client_of: ClientOf) -> None:
    browser = client_of(reader)
    assert sign_in(browser, "/min-konto/koble/feide/")["Location"] == "/min-konto/"
    account = SocialAccount.objects.get(user=reader)
    assert sign_in(Client()).status_code == 302
    browser.post(f"/min-konto/koblinger/{account.pk}/fjern/")
    assert sign_in(Client()).status_code == 403


def test_nobody_disconnects_what_is_anothers(
    reader: User, validator: User, server: OpenIDServer, client_of: ClientOf
) -> None:
    tie(reader, server)
    path = f"/min-konto/koblinger/{SocialAccount.objects.get().pk}/fjern/"
    assert client_of(validator).post(path).status_code == 404
    assert SocialAccount.objects.count() == 1


def test_what_is_kept_of_a_person_is_who_they_are_to_the_provider_and_nothing_else(
    reader: User, server: OpenIDServer, client_of: ClientOf
) -> None:
    server.person = {"sub": "kari", "pid": "01010112345", "name": "Kari Nes", "email": "kari@nes.example"}
    sign_in(client_of(reader), "/min-konto/koble/feide/")
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data) == (f"{server.issuer}|kari", {})


def test_a_change_of_address_at_the_provider_changes_nothing(reader: User, server: OpenIDServer) -> None:
    tie(reader, server)
    server.userinfo = {"email": "new@nes.example", "email_verified": True}
    assert sign_in(browser := Client()).status_code == 302
    assert who(browser) == str(reader.pk)


WRONG: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "x"},
    "for another": {"aud": "another"},
    "asked for by another": {"azp": "another"},
    "from another": {"iss": "https://elsewhere.example"},
    "too old": {"exp": int(time.time()) - 3600},
    "about nobody": {"sub": ""},
}


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG)
def test_a_token_that_is_not_as_it_must_be_is_refused(
    reader: User, server: OpenIDServer, spoil: dict[str, Any]
) -> None:
    tie(reader, server)
    server.spoil = spoil
    answer = sign_in(browser := Client())
    assert (answer.status_code, who(browser)) == (403, None)
    assert "Du ble ikke logget inn" in answer.content.decode()


def test_a_token_signed_with_another_key_is_refused(reader: User, server: OpenIDServer) -> None:
    tie(reader, server)
    server.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert sign_in(browser := Client()).status_code == 403
    assert who(browser) is None


def test_userinfo_about_somebody_else_is_refused(reader: User, server: OpenIDServer) -> None:
    tie(reader, server)
    server.userinfo = {"sub": "somebody else"}
    assert sign_in(Client()).status_code == 403


def test_an_answer_holds_once_and_in_the_browser_that_asked(reader: User, server: OpenIDServer) -> None:
    tie(reader, server)
    browser, thief = Client(), Client()
    back = way_back(browser)
    assert thief.get(back).status_code == 403
    assert browser.get(back).status_code == 302
    assert (Client().get(back).status_code, who(thief)) == (403, None)


def test_who_stops_at_the_provider_is_told_so(server: OpenIDServer, db: None) -> None:
    server.refuse = True
    answer = sign_in(Client())
    assert answer.status_code == 200
    assert "Du stoppet hos Feide" in answer.content.decode()


def test_a_provider_that_does_not_answer_leaves_the_other_ways_open(server: OpenIDServer, db: None) -> None:
    server.close()
    page = Client().get("/logg-inn/med/feide/", follow=True)
    assert "Feide svarer ikke" in page.content.decode()
    assert 'name="email"' in page.content.decode()


def test_a_provider_that_is_not_set_up_is_not_found(db: None) -> None:
    assert [Client().get(f"/logg-inn/med/entra/{end}").status_code for end in ("", "tilbake/")] == [404, 404]


def test_the_client_shows_who_it_is_with_a_private_key(reader: User, server: OpenIDServer, settings: Settings) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    server.client_key = key.public_key()
    use(settings, provider(server, client_secret="", private_key=pem, key_id="samtall-1"))
    tie(reader, server)
    assert sign_in(browser := Client()).status_code == 302
    assert who(browser) == str(reader.pk)


@pytest.mark.parametrize(("acr", "status"), [("idporten-loa-substantial", 302), ("idporten-loa-low", 403), (None, 403)])
def test_a_level_of_assurance_that_is_too_low_is_refused(
    reader: User, server: OpenIDServer, settings: Settings, acr: str | None, status: int
) -> None:
    use(settings, provider(server, acr=("idporten-loa-substantial", "idporten-loa-high")))
    tie(reader, server)
    server.person = {"sub": "kari"} | ({"acr": acr} if acr else {})
    assert sign_in(Client()).status_code == status


def test_a_person_in_a_directory_is_known_by_directory_and_object(
    reader: User, server: OpenIDServer, settings: Settings, client_of: ClientOf
) -> None:
    use(settings, provider(server, key_claims=("tid", "oid"), userinfo=False))
    server.person = {"sub": "pairwise", "tid": "nome", "oid": "17"}
    sign_in(client_of(reader), "/min-konto/koble/feide/")
    assert SocialAccount.objects.get().uid == "nome|17"


@pytest.mark.parametrize(("vouches", "status"), [(True, 200), (False, 302)])
def test_a_provider_that_asks_for_two_factors_is_enough_for_those_who_need_two(
    validator: User, server: OpenIDServer, settings: Settings, vouches: bool, status: int
) -> None:
    settings.SECOND_FACTOR = True
    use(settings, provider(server, second_factor=vouches))
    tie(validator, server)
    browser = Client()
    sign_in(browser)
    assert browser.get("/godkjenning/").status_code == status


def test_somebody_who_was_shut_out_does_not_come_in_by_a_provider(reader: User, server: OpenIDServer) -> None:
    tie(reader, server)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    sign_in(browser := Client())
    assert who(browser) is None


def test_the_buttons_stand_in_the_order_of_who_uses_them(settings: Settings, server: OpenIDServer, db: None) -> None:
    file = Path(settings.DATA) / "openid-test.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        '[idporten]\nclient_id = "1"\nclient_secret = "x"\n'
        '[nome]\nlike = "entra"\nname = "Nome kommune"\ntenant = "t"\nclient_id = "2"\nclient_secret = "x"\n'
        '[feide]\nclient_id = "3"\nclient_secret = "x"\n'
    )
    try:
        providers = openid.read(file)
    finally:
        file.unlink()
    use(settings, *providers)
    assert [one.label for one in providers] == ["Feide", "Microsoft (Nome kommune)", "ID-porten"]
    page = Client().get("/logg-inn/").content.decode()
    words = [
        "Logg inn med Feide",
        "Logg inn med Microsoft (Nome kommune)",
        "Logg inn med ID-porten",
        "Få kode på e-post",
    ]
    places = [page.index(word) for word in words]
    assert places == sorted(places)
    assert (providers[1].issuer, providers[1].key_claims) == (
        "https://login.microsoftonline.com/t/v2.0",
        ("tid", "oid"),
    )


@pytest.mark.parametrize(
    "said",
    [
        "[feide]\nclient_id = 3",
        '[feide]\nclient_id = "3"',
        '[feide]\nclient_id = "3"\nclient_secret = "x"\nkey_claims = ["pid"]',
        '[feide]\nclient_id = "3"\nclient_secret = "x"\nkey_claims = ["email"]',
        '[feide]\nclient_id = "3"\nclient_secret = "x"\nnonsense = 1',
        "feide",
    ],
)
def test_a_file_that_cannot_be_used_says_so_at_start(tmp_path: Path, said: str) -> None:
    file = tmp_path / "openid.toml"
    file.write_text(said)
    with pytest.raises(openid.Misconfigured):
        openid.read(file)
