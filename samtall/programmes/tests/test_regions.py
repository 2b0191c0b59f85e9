"""Regions are made and changed by whoever answers for programmes; figures keep what they were made with."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from samtall.accounts.models import User
from samtall.places import operations as places
from samtall.places.models import Region
from samtall.places.queries import codes_of, members_of
from samtall.programmes import operations
from samtall.programmes.files import MIDT_TELEMARK
from samtall.programmes.models import Change, Programme

GRENLAND = {"name_nb": "Grenland", "name_nn": "Grenland", "name_en": "Grenland"}
OVER_ALL = {"name_nb": "Øvre Telemark", "name_nn": "Øvre Telemark", "name_en": "Upper Telemark"}


@pytest.fixture
def manager(programme_manager: User, client_of: Callable[[User], Client]) -> Client:
    places.ensure_builtin(timezone.now())
    return client_of(programme_manager)


def test_a_region_is_made_of_names_and_numbers_and_has_all_codes_that_its_municipalities_had(manager: Client) -> None:
    said = OVER_ALL | {"municipalities": "Midt-Telemark\n4018\nTinn"}
    assert manager.post("/regioner/ny/", said)["Location"] == "/regioner/"
    region = Region.objects.get(slug="ovre-telemark")
    names = [one.name for one in members_of(region)]
    assert names == ["Bø (Telemark)", "Midt-Telemark", "Nome", "Sauherad", "Tinn"]
    assert {"0821", "0822", "3817", "4020", "0819", "4018", "0826", "4026"} <= codes_of(region)
    assert "Øvre Telemark" in manager.get("/regioner/").content.decode()
    assert "ovre-telemark" in manager.get("/program/ny/").content.decode()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (GRENLAND | {"municipalities": "Porsgrunn\nAtlantis"}, "municipalities"),
        (GRENLAND | {"municipalities": "9999"}, "municipalities"),
        (GRENLAND | {"municipalities": ""}, "municipalities"),
        (GRENLAND | {"municipalities": "Skien", "name_nb": "!!!"}, "name_nb"),
        (GRENLAND | {"municipalities": "Skien", "name_nb": "Midt-Telemark"}, "name_nb"),
    ],
)
def test_what_cannot_be_a_region_is_refused_at_its_field_and_nothing_is_lost(
    said: dict[str, str], field: str, manager: Client
) -> None:
    answer = manager.post("/regioner/ny/", said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"]["name_en"].value() == "Grenland"
    assert [one.slug for one in Region.objects.all()] == ["midt-telemark"]


def test_what_is_shown_saved_again_changes_nothing(manager: Client) -> None:
    region = Region.objects.get()
    before = codes_of(region)
    shown = manager.get("/regioner/midt-telemark/").context["form"].initial
    assert manager.post("/regioner/midt-telemark/", shown).status_code == 302
    assert codes_of(region) == before


def test_who_changed_a_region_stands_in_the_changes_of_its_programmes(manager: Client, programme_manager: User) -> None:
    programme = operations.load(MIDT_TELEMARK, by="system:test", at=timezone.now())
    said = manager.get("/regioner/midt-telemark/").context["form"].initial
    manager.post("/regioner/midt-telemark/", said | {"municipalities": said["municipalities"] + "\nSeljord"})
    change = Change.objects.filter(programme=programme, what="region").get()
    assert (change.by, "4022 Seljord" in change.after["municipalities"]) == (programme_manager.signature, True)
    page = manager.get(f"/program/{programme.slug}/endringer/").content.decode()
    assert "Regionen" in page
    assert "4022 Seljord" in page


def test_a_region_that_somebody_changed_stays_so_at_the_next_start(manager: Client) -> None:
    manager.post("/regioner/midt-telemark/", GRENLAND | {"municipalities": "Nome"})
    places.ensure_builtin(timezone.now())
    region = Region.objects.get()
    assert (region.name_nb, [one.name for one in members_of(region)]) == ("Grenland", ["Nome"])


def test_a_new_region_gets_the_programme_of_another(manager: Client) -> None:
    manager.post("/regioner/ny/", GRENLAND | {"municipalities": "Porsgrunn\nSkien\nBamble\nSiljan"})
    names = {"name_nb": "Grenland 2030", "name_nn": "Grenland 2030", "name_en": "Grenland 2030"}
    answer = manager.post("/program/ny/", names | {"region": "grenland", "starts": "01.01.2027", "pattern": ""})
    assert answer["Location"] == "/program/grenland-2030/endre/"
    assert Programme.objects.get().region.slug == "grenland"
