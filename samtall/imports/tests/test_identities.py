"""Names in spreadsheets: tied where it is certain, asked about where it is not, and remembered."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.identities.models import Identification, Suspicion, WrittenName
from samtall.identities.queries import undecided
from samtall.imports import operations
from samtall.imports.matching import How
from samtall.imports.models import Import
from samtall.imports.problems import Level
from samtall.imports.tests import files
from samtall.imports.tests.region import AT, FIRST, LATER, ROWS, SCHOOL, settle, sheet
from samtall.imports.understanding.nobody import names_nobody
from samtall.ledger import queries as ledger
from samtall.parties.models import Organisation
from samtall.parties.operations import add_organisation
from samtall.places.operations import ensure_builtin

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

NAMESAKES = "310000205", "310000213"
MORE = "310000221", "310000248"


def visit(title: str, company: str) -> list[Any]:
    return ["Bedriftsbesøk", title, FIRST, None, company, None, "Høgskulen", 5, None, "Avtale"]


def uploaded(by: User, *rows: list[Any], name: str = "liste.xlsx") -> Import:
    return operations.upload(files.xlsx(sheet(*rows)), file_name=name, by=by, at=AT)


def saved(by: User, *rows: list[Any]) -> Import:
    import_ = uploaded(by, *rows)
    operations.start(import_, by=by, at=AT)
    return operations.run_to_end(import_, by=by, now=lambda: AT)


def hosts(title: str) -> list[int | None]:
    facts = ledger.standing(Activity.objects.get(title=title).source)
    return [fact.organisation for fact in facts if fact.role == "host"]


def test_a_name_that_only_one_has_is_tied_and_what_was_written_is_kept(coordinator: User) -> None:
    builder = settle()
    import_ = saved(coordinator, visit("Sag", "bø bygg AS"))
    written = WrittenName.objects.get(organisation__name="bø bygg AS")
    identification = Identification.objects.get(subject=written.organisation)
    assert (identification.organisation, identification.automatic) == (builder, True)
    assert (identification.source, written.source) == (import_.origin, import_.origin)
    assert identification.reasons == [{"code": "same_name"}]
    assert hosts("Sag") == [builder.pk]


def test_two_of_the_same_name_are_left_to_the_review_with_both_as_candidates(coordinator: User) -> None:
    settle()
    twins = [add_organisation("Tvilling AS", number=number, at=AT) for number in NAMESAKES]
    import_ = uploaded(coordinator, visit("Sag", "Tvilling"))
    plan = operations.plan(import_, by=coordinator, at=AT)
    (doubt,) = plan.doubts
    assert (doubt.how, plan.blocked) == (How.DOUBT, False)
    assert {one.organisation for one in doubt.candidates} == {twin.pk for twin in twins}
    operations.start(import_, by=coordinator, at=AT)
    operations.run_to_end(import_, by=coordinator, now=lambda: AT)
    written = Organisation.objects.get(name="Tvilling")
    assert set(Suspicion.objects.filter(subject=written).values_list("organisation", flat=True)) == {
        twin.pk for twin in twins
    }
    assert hosts("Sag") == [written.pk]


def test_what_is_chosen_in_the_browser_is_tied_and_remembered_for_the_next_list(
    coordinator: User, client_of: ClientOf
) -> None:
    settle()
    first, _second = (add_organisation("Tvilling AS", number=number, at=AT) for number in NAMESAKES)
    client = client_of(coordinator)
    import_ = uploaded(coordinator, visit("Sag", "Tvilling"))
    address = f"{reverse('import-organisation', args=[import_.pk])}?navn=tvilling"
    assert "Hvem er «Tvilling»?" in client.get(address).content.decode()
    assert client.post(address, {"who": "number", "number": "123"}).status_code == 422
    assert client.post(address, {"who": f"{first.pk}-0"}).status_code == 302
    client.post(reverse("import-start", args=[import_.pk]))
    client.post(reverse("import-step", args=[import_.pk]))
    assert hosts("Sag") == [first.pk]
    assert not Identification.objects.get(subject__name="Tvilling").automatic

    again = operations.plan(uploaded(coordinator, visit("Tre", "TVILLING")), by=coordinator, at=AT)
    assert [one.how for one in again.organisations if one.name == "TVILLING"] == [How.BEFORE]


def test_undoing_takes_back_what_the_import_found_out_unless_others_rest_on_it(coordinator: User) -> None:
    settle()
    first = saved(coordinator, visit("Sag", "bø bygg AS"), ROWS[0])
    saved(coordinator, visit("Hus", "bø bygg AS"))
    operations.undo(first, by=coordinator, at=LATER, reason="Feil fil")
    operations.run_to_end(first, by=coordinator, now=lambda: LATER)
    standing = Identification.objects.filter(withdrawn_at=None).values_list("subject__name", flat=True)
    assert sorted(standing) == ["Høgskulen", "bø bygg AS"]
    second = Import.objects.exclude(pk=first.pk).get()
    operations.undo(second, by=coordinator, at=LATER, reason="Feil fil")
    operations.run_to_end(second, by=coordinator, now=lambda: LATER)
    assert Organisation.objects.get(number=SCHOOL).written_as.count() == 1


def test_the_list_of_organisations_says_what_each_name_becomes_and_why(coordinator: User, client_of: ClientOf) -> None:
    settle()
    import_ = uploaded(coordinator, *ROWS)
    with translation.override("nb"):
        shown = client_of(coordinator).get(reverse("import", args=[import_.pk]), {"vis": "virksomheter"})
    page = shown.content.decode()
    assert "nøyaktig navn" in page
    assert "uidentifisert: legges til uten nummer" in page


@pytest.mark.parametrize(
    "text", ["Ukjent", "ukjend bedrift", "div. bedrifter", "Diverse", "flere", "-", "?", "ikke avklart ennå", "n/a"]
)
def test_words_that_mean_nobody_are_told_from_names(text: str) -> None:
    assert names_nobody(text)
    assert not names_nobody(f"{text} Ull")


@pytest.mark.parametrize("text", ["Bø Bygg", "Diverse AS", "Flere Hender AS", "Ikke Bare Brød", "Små Kommuner"])
def test_names_that_have_such_words_are_names(text: str) -> None:
    assert not names_nobody(text)


def test_what_names_nobody_is_unidentified_in_each_activity_and_nobody_is_asked_who_it_is(coordinator: User) -> None:
    settle()
    import_ = uploaded(coordinator, visit("Sag", "Ukjent"), visit("Høvel", "Ukjent"), visit("Fil", "Bø Bygg / div."))
    plan = operations.plan(import_, by=coordinator, at=AT)
    assert [(one.level, one.row) for one in plan.problems] == [(Level.WARNING, 2), (Level.WARNING, 4)]
    operations.start(import_, by=coordinator, at=AT)
    operations.run_to_end(import_, by=coordinator, now=lambda: AT)
    assert hosts("Sag") != hosts("Høvel")
    assert not undecided(Organisation.objects.values_list("pk", flat=True)).exists()
    facts = [fact for one in Activity.objects.all() for fact in ledger.standing(one.source) if fact.role == "host"]
    assert sorted(fact.identified for fact in facts) == [False, False, False, True]


def test_one_answer_settles_all_rows_of_a_name_in_a_place_and_says_how_many(
    coordinator: User, client_of: ClientOf
) -> None:
    ensure_builtin(AT)
    settle()
    twins = [
        add_organisation("Tvilling AS", number=number, attributes={"municipality": code}, at=AT)
        for number, code in zip((*NAMESAKES, *MORE), ("4020", "4020", "4003", "4003"), strict=True)
    ]
    rows = [visit(f"Sag {n}", "Tvilling") for n in range(5)]
    for row, place in zip(rows, ("Bø (Telemark)", "0821", 821, "Skien", "0806"), strict=True):
        row[8] = place
    import_ = uploaded(coordinator, *rows)
    plan = operations.plan(import_, by=coordinator, at=datetime(2026, 1, 1, tzinfo=UTC))
    assert [(one.name, one.asked and one.asked.municipality, one.rows) for one in plan.doubts] == [
        ("Tvilling", "4020", 3),
        ("Tvilling", "4003", 2),
    ]

    client = client_of(coordinator)
    address = f"{reverse('import-organisation', args=[import_.pk])}?{urlencode({'navn': 'tvilling|4020'})}"
    assert "Hvem er «Tvilling, Midt-Telemark»?" in client.get(address).content.decode()
    answered = client.post(address, {"who": f"{twins[0].pk}-0"}, follow=True).content.decode()
    assert "«Tvilling, Midt-Telemark» er lest som du sa, i 3 rader." in answered
    client.post(reverse("import-start", args=[import_.pk]))
    client.post(reverse("import-step", args=[import_.pk]))
    assert hosts("Sag 0") == hosts("Sag 2") == [twins[0].pk]
    assert hosts("Sag 3") not in [[twin.pk] for twin in twins]


def test_another_than_the_candidates_is_written_by_name_or_number(coordinator: User, client_of: ClientOf) -> None:
    builder = settle()
    client = client_of(coordinator)
    import_ = uploaded(coordinator, visit("Sag", "Byggerne"))
    address = f"{reverse('import-organisation', args=[import_.pk])}?navn=byggerne"
    for refused in ({"number": ""}, {"who": "number"}, {"who": "number", "number": "Atlantis Skip"}):
        assert client.post(address, refused).status_code == 422
    assert client.post(address, {"number": "bø bygg"}).status_code == 302
    import_.refresh_from_db()
    assert import_.answers["organisations"]["byggerne"]["organisation"] == builder.pk


def test_a_municipality_that_came_later_is_told_with_what_it_was_then(coordinator: User) -> None:
    ensure_builtin(AT)
    settle()
    row = visit("Sag", "Bø Bygg")
    row[8] = "Midt-Telemark"
    with translation.override("nb"):
        plan = operations.plan(uploaded(coordinator, row), by=coordinator, at=AT)
    (error,) = [one for one in plan.problems if one.level is Level.ERROR]
    assert error.advice == "Skriv en av dem det var da: Bø (Telemark), Sauherad."
