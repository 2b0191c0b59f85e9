"""The pile of doubts: who comes first, what is decided there, undone, and remembered."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.finding import find_party
from samtall.identities import operations as identities
from samtall.identities.models import Distinction, Suspicion
from samtall.identities.operations import Hints
from samtall.identities.queries import standing_identification
from samtall.organisations import pile
from samtall.organisations.tests.test_pages import take_part, text_of
from samtall.organisations.work import AT_ONCE, look_for_suspicions
from samtall.parties import operations as parties
from samtall.parties.models import Organisation, RegisterLoad
from samtall.places.operations import ensure_builtin

AT = datetime(2017, 9, 1, tzinfo=UTC)
PILE = "/virksomheter/avklaring/"
ClientOf = Callable[[User], Client]


def company(name: str, number: str, municipality: str = "0821", **more: str) -> Organisation:
    attributes = {"municipality": municipality, **more}
    return parties.add_organisation(name, number=number, form="AS", attributes=attributes, at=AT)


@pytest.fixture
def bygg(db: None) -> Organisation:
    ensure_builtin(AT)
    return company("BØ BYGG AS", "313000028")


@pytest.fixture
def bakeri(db: None) -> Organisation:
    return company("NOME BAKERI AS", "313000036", "0819")


def written(text: str, by: User, municipality: str = "0821") -> Organisation:
    """A name that takes part in something."""
    one = identities.written(text, hints=Hints(municipality=municipality), source="import:1", at=AT)
    take_part([one], by, title=f"Oppgave hos {text}")
    return one


def look() -> None:
    while look_for_suspicions(AT):
        pass


@pytest.fixture
def name(bygg: Organisation, coordinator: User) -> Organisation:
    one = written("Bø Byg", coordinator)
    look()
    return one


def test_the_most_likely_comes_first_and_those_that_nobody_resembles_last(
    bygg: Organisation, bakeri: Organisation, coordinator: User
) -> None:
    nobody = written("Kari sin strikkeklubb", coordinator)
    similar = written("Bø Bygging og sånt", coordinator)
    alike = written("Nome Bakeri", coordinator, "0819")
    look()
    assert pile.names_left()[0] == alike.pk
    assert pile.names_left()[-1] == nobody.pk
    assert set(pile.names_left()) == {nobody.pk, similar.pk, alike.pk}


def test_the_page_shows_the_name_with_candidates_side_by_side_and_why(
    name: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    page = text_of(client_of(coordinator).get(PILE))
    for shown in (
        "«Bø Byg»", "1 av 1 igjen", "import 1", "BØ BYGG AS", "313\u00a0000\u00a0028", "Bø (Telemark)",
        "Aksjeselskap", "prosent", "Oppgave hos Bø Byg", "Det er denne",
    ):  # fmt: skip
        assert shown in page


def test_choosing_a_candidate_counts_the_name_as_it_and_shows_the_next(
    bygg: Organisation, name: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    other = written("Ukjent Ull", coordinator)
    answer = client_of(coordinator).post(f"{PILE}{name.pk}/", {"same": f"o{bygg.pk}"})
    assert answer.headers["Location"] == f"{PILE}?navn={other.pk}"
    said = standing_identification(name)
    assert said is not None
    assert (said.organisation, said.by, said.source, said.probability is not None) == (
        bygg, coordinator.signature, "review", True,
    )  # fmt: skip
    assert find_party("bø byg").party == name


def test_choosing_the_work_site_keeps_it(
    bygg: Organisation, name: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    site = parties.add_establishment(bygg, "BØ BYGG AVD GVARV", number="313000044", at=AT)
    client_of(coordinator).post(f"{PILE}{name.pk}/", {"same": f"e{site.pk}"})
    name.refresh_from_db()
    assert (name.same_as, name.same_site) == (bygg, site)


def test_that_none_is_right_is_remembered(name: Organisation, coordinator: User, client_of: ClientOf) -> None:
    client_of(coordinator).post(f"{PILE}{name.pk}/", {"none": "1"})
    look()
    assert (pile.names_left(), Suspicion.objects.count(), pile.names_in_all()) == ([], 0, 1)


def test_not_the_same_is_remembered_and_the_name_stays(
    bygg: Organisation, name: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    answer = client_of(coordinator).post(f"{PILE}{name.pk}/", {"different": f"o{bygg.pk}"})
    assert answer.headers["Location"] == f"{PILE}?navn={name.pk}"
    take_part([name], coordinator, title="En til")
    look()
    assert (Suspicion.objects.count(), pile.names_left()) == (0, [name.pk])


@pytest.mark.parametrize("said", ["same", "different"])
def test_undo_brings_the_name_back_with_its_candidates_and_the_one_before_can_be_undone_too(
    bygg: Organisation, name: Organisation, coordinator: User, client_of: ClientOf, said: str
) -> None:
    client = client_of(coordinator)
    other = written("Ukjent Ull", coordinator)
    client.post(f"{PILE}{other.pk}/", {"none": "1"})
    client.post(f"{PILE}{name.pk}/", {said: f"o{bygg.pk}"})
    assert "Du sa sist" in text_of(client.get(PILE))
    answer = client.post(f"{PILE}angre/")
    assert answer.headers["Location"] == f"{PILE}?navn={name.pk}"
    assert [one.organisation for one in pile.suspicions_of(name)] == [bygg]
    client.post(f"{PILE}angre/")
    assert set(pile.names_left()) == {name.pk, other.pk}
    assert "Du sa sist" not in text_of(client.get(PILE))
    assert "ingenting å angre" in text_of(client.post(f"{PILE}angre/", follow=True))


def test_somebody_else_is_found_by_name_or_number(
    name: Organisation, bakeri: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    for asked in ("nome bakri", "313 000 036"):
        page = text_of(client_of(coordinator).get(PILE, {"navn": str(name.pk), "q": asked}))
        assert f'value="o{bakeri.pk}"' in page
    assert "Ingen er funnet" in text_of(client_of(coordinator).get(PILE, {"navn": str(name.pk), "q": "zzzzqqq"}))


def test_an_organisation_added_for_a_name_is_found_when_one_comes_back(
    name: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    client = client_of(coordinator)
    new = f"/virksomheter/ny/?navn=B%C3%B8+Byg&amp;avklarer={name.pk}"
    assert new in text_of(client.get(PILE))
    address = new.replace("&amp;", "&")
    assert 'value="Bø Byg"' in text_of(client.get(address))
    answer = client.post(address, {"name": "Bø Byggeri", "number": "313000052", "country": "NO"})
    assert answer.headers["Location"] == f"{PILE}?navn={name.pk}&q=313000052"
    assert "Bø Byggeri" in text_of(client.get(answer.headers["Location"]))


def test_what_is_decided_meanwhile_is_told_and_nothing_is_changed(
    bygg: Organisation, bakeri: Organisation, name: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    activities.identify(name, bakeri, by=coordinator, at=AT)
    client = client_of(coordinator)
    page = text_of(client.post(f"{PILE}{name.pk}/", {"same": f"o{bygg.pk}"}, follow=True))
    assert "allerede avgjort" in page
    assert "ikke her lenger" in text_of(client.post(f"{PILE}{name.pk}/", {"same": "o99999"}, follow=True))
    name.refresh_from_db()
    assert name.same_as == bakeri


def test_the_pile_costs_the_same_for_one_name_and_for_three(
    bygg: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    client = client_of(coordinator)
    counts = []
    for names in (["Bø Byg"], ["Bø Bygger", "Bo Bygg"]):
        for one in names:
            written(one, coordinator)
        look()
        client.get(PILE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PILE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Duplicates


@pytest.fixture
def pair(db: None, coordinator: User) -> tuple[Organisation, Organisation]:
    """Two that both take part, the second of which is closed."""
    kept = company("TINN DATA AS", "313000060", "0826", domain="tinndata.no")
    closed = company("TINN DATA", "313000079", "0826", domain="tinndata.no")
    Organisation.objects.filter(pk=closed.pk).update(closed_on=date(2016, 1, 1))
    take_part([kept], coordinator, "Hos den ene")
    take_part([closed], coordinator, "Hos den andre")
    return kept, closed


def test_two_that_take_part_and_resemble_each_other_are_suspected_once(pair: tuple[Organisation, Organisation]) -> None:
    kept, closed = pair
    look()
    assert [(one.subject, one.organisation) for one in Suspicion.objects.all()] == [(closed, kept)]
    assert pile.duplicates_left() == [closed.pk]


def test_one_that_takes_part_in_nothing_is_no_duplicate(bygg: Organisation, coordinator: User) -> None:
    company("BØ BYGG", "313000087")
    take_part([bygg], coordinator)
    look()
    assert Suspicion.objects.count() == 0


def test_those_who_followed_each_other_are_not_duplicates(pair: tuple[Organisation, Organisation]) -> None:
    kept, closed = pair
    parties.record_succession(closed, kept, on=date(2016, 1, 1), cause="merger", at=AT)
    look()
    assert Suspicion.objects.count() == 0


def test_a_norwegian_number_that_stands_as_a_foreign_one_is_suspected(bygg: Organisation, coordinator: User) -> None:
    foreign = parties.add_foreign("Boe Construction", country="SE", register="VAT", number="313000028", at=AT)
    take_part([bygg, foreign], coordinator)
    look()
    assert [(one.subject, one.organisation) for one in Suspicion.objects.all()] == [(foreign, bygg)]


def test_merging_shows_both_and_what_moves_and_can_be_undone(
    pair: tuple[Organisation, Organisation], coordinator: User, client_of: ClientOf
) -> None:
    kept, closed = pair
    look()
    client = client_of(coordinator)
    link = f"/virksomheter/{closed.pk}/samme/?med=o{kept.pk}&amp;fra=review"
    assert link in text_of(client.get(f"{PILE}?vis=like"))
    page = text_of(client.get(link.replace("&amp;", "&")))
    for shown in ("TINN DATA AS", "313\u00a0000\u00a0079", "1 aktivitet telles på nytt", f"?med=o{closed.pk}"):
        assert shown in page
    answer = client.post(f"/virksomheter/{closed.number}/samme/", {"med": f"o{kept.pk}", "from_review": "1"})
    assert answer.headers["Location"] == f"{PILE}?vis=like"
    assert "Hos den andre" in text_of(client.get(f"/virksomheter/{kept.number}/"))
    assert client.post(f"{PILE}angre/").headers["Location"] == f"{PILE}?vis=like&navn={closed.pk}"
    assert pile.duplicates_left() == [closed.pk]


def test_that_two_are_not_the_same_is_said_from_the_page_and_not_asked_again(
    pair: tuple[Organisation, Organisation], coordinator: User, client_of: ClientOf
) -> None:
    kept, closed = pair
    client_of(coordinator).post(f"/virksomheter/{kept.number}/samme/", {"med": f"o{closed.pk}", "different": "1"})
    look()
    assert (Suspicion.objects.count(), Distinction.objects.count()) == (0, 1)


def test_the_other_one_is_searched_for_from_an_organisations_page(
    bygg: Organisation, bakeri: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    client = client_of(coordinator)
    assert f'href="/virksomheter/{bygg.number}/samme/"' in text_of(client.get(f"/virksomheter/{bygg.number}/"))
    assert f"?med=o{bakeri.pk}" in text_of(client.get(f"/virksomheter/{bygg.number}/samme/", {"q": "nome bak"}))


# Looking in the background


def test_looking_goes_on_where_it_was_and_begins_anew_when_the_register_is_read(
    bygg: Organisation, coordinator: User
) -> None:
    written("Bø Byg", coordinator)
    assert (look_for_suspicions(AT), Suspicion.objects.count()) == (False, 1)
    Suspicion.objects.all().delete()
    assert (look_for_suspicions(AT), Suspicion.objects.count()) == (False, 0)
    RegisterLoad.objects.create(digest="a", dated=AT.date(), kind="enheter", started_at=AT, finished_at=AT)
    assert (look_for_suspicions(AT), Suspicion.objects.count()) == (False, 1)


def test_a_step_is_bounded(bygg: Organisation, coordinator: User) -> None:
    one = written("Bø Byg", coordinator)
    thesis = one.participations.get().activity
    type(one.participations.get()).objects.bulk_create(
        [type(one.participations.get())(activity=thesis, role="host", organisation=bygg) for _ in range(AT_ONCE)]
    )
    assert [look_for_suspicions(AT), look_for_suspicions(AT)] == [True, False]


def test_a_name_written_in_a_form_is_in_the_pile_with_its_candidates_at_once(
    bygg: Organisation, bakeri: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    thesis = take_part([bakeri], coordinator)
    address = f"/aktiviteter/{thesis.pk}/deltar/host/"
    client = client_of(coordinator)
    asked = client.post(address, {"organisation": "Bø Byg"})
    assert "BØ BYGG AS (313\u00a0000\u00a0028)" in asked.content.decode()
    client.post(address, {"organisation": "Bø Byg", "candidate": "unidentified"})
    (name,) = pile.names_left()
    assert [one.organisation for one in Suspicion.objects.filter(subject=name)] == [bygg]
