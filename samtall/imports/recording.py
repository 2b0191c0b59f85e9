"""The organisations and people of planned activities, found or added while they are recorded."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from samtall.base.text import search_key
from samtall.imports.drafts import PlannedActivity
from samtall.parties.models import Establishment, Organisation, Person
from samtall.parties.operations import add_organisation, add_person, add_unidentified


class KnownParties:
    """Finds the parties of some planned activities with a few queries, and adds those that are new."""

    def __init__(self, planned: Iterable[PlannedActivity], *, at: datetime) -> None:
        self._at = at
        parts = [part for one in planned for part in one.parts]
        organisations = [part.organisation for part in parts if part.organisation]
        people = [part.person for part in parts if part.person]
        self._organisations = Organisation.objects.in_bulk([one["id"] for one in organisations if "id" in one])
        self._sites = Establishment.objects.in_bulk(
            [one["establishment"] for one in organisations if "establishment" in one]
        )
        self._new = self._added_already([one for one in organisations if "id" not in one])
        self._by_email: dict[str, Person] = {}
        self._by_name: dict[tuple[str, int | None], Person] = {}
        self._find_people(people)

    def organisation(self, plain: Mapping[str, Any]) -> tuple[Organisation, Establishment | None]:
        if "id" in plain:
            return self._organisations[plain["id"]], self._sites.get(plain.get("establishment", 0))
        key = plain["number"] or search_key(plain["name"])
        if key not in self._new:
            self._new[key] = (
                add_organisation(plain["name"], number=plain["number"], at=self._at)
                if plain["number"]
                else add_unidentified(plain["name"], at=self._at)
            )
        return self._new[key], None

    def person(self, plain: Mapping[str, Any], organisation: Organisation | None) -> Person:
        email, name = plain["email"].casefold(), search_key(plain["name"])
        place = organisation.pk if organisation else None
        found = self._by_email.get(email) if email else self._by_name.get((name, place))
        if found is None or plain["apart"]:
            found = add_person(plain["name"], email=plain["email"], organisation=organisation)
            if email:
                self._by_email[email] = found
            self._by_name.setdefault((name, place), found)
        return found

    @staticmethod
    def _added_already(new: list[dict[str, Any]]) -> dict[str, Organisation]:
        """Organisations that earlier rows, or others meanwhile, have added."""
        numbers = [one["number"] for one in new if one["number"]]
        names = [search_key(one["name"]) for one in new if not one["number"]]
        found: dict[str, Organisation] = {}
        if numbers:
            known = Organisation.objects.filter(country="NO", register="brreg", number__in=numbers)
            found |= {one.number: one for one in known}
        if names:
            found |= {one.search_name: one for one in Organisation.objects.filter(search_name__in=names, number="")}
        return found

    def _find_people(self, people: list[dict[str, Any]]) -> None:
        emails = {one["email"].casefold() for one in people if one["email"]}
        names = {search_key(one["name"]) for one in people if not one["email"]}
        if emails:
            written = emails | {one["email"] for one in people}
            for person in Person.objects.filter(email__in=written).select_related("organisation").order_by("-pk"):
                self._by_email[person.email.casefold()] = person
        if names:
            for person in Person.objects.filter(search_name__in=names).select_related("organisation").order_by("-pk"):
                self._by_name[person.search_name, person.organisation_id] = person
