"""The organisations and people of planned activities, found or added while they are recorded."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from samtall.accounts.models import User
from samtall.activities.operations import identify
from samtall.base.text import search_key
from samtall.identities.models import Identification, Suspicion
from samtall.identities.operations import Ground, Hints, written
from samtall.identities.operations import identify as say_who
from samtall.identities.queries import written_before
from samtall.imports.drafts import PlannedActivity
from samtall.parties.models import Establishment, Organisation, Person
from samtall.parties.operations import add_organisation, add_person, add_unidentified


def _name(plain: Mapping[str, Any]) -> tuple[str, str]:
    """By what a written name is the same as before."""
    return search_key(plain["name"]), plain["written"]["municipality"]


class _Names:
    """What is known already of some written names, asked for once."""

    def __init__(self, names: Collection[tuple[str, str]]) -> None:
        self.written = written_before(names)
        pks = [one.pk for one in self.written.values()]
        standing = Identification.objects.filter(subject__in=pks, withdrawn_at=None)
        self.decided = set(standing.values_list("subject_id", flat=True))
        self.suspected = set(Suspicion.objects.filter(subject__in=pks).values_list("subject_id", flat=True))


class KnownParties:
    """Finds the parties of some planned activities with a few queries, and adds those that are new.

    A name without a number becomes what was written before, or is written now, and is tied where the plan says so.
    """

    def __init__(self, planned: Iterable[PlannedActivity], *, source: str, by: User, at: datetime) -> None:
        self._source, self._by, self._at = source, by, at
        parts = [part for one in planned for part in one.parts]
        organisations = [part.organisation for part in parts if part.organisation]
        people = [part.person for part in parts if part.person]
        self._organisations = Organisation.objects.select_related("same_as", "part_of").in_bulk(
            [one["id"] for one in organisations if "id" in one]
        )
        self._sites = Establishment.objects.in_bulk(
            [one["establishment"] for one in organisations if "establishment" in one]
        )
        self._new = self._added_already([one["number"] for one in organisations if "number" in one])
        self._names = _Names({_name(one) for one in organisations if "written" in one})
        self._written: dict[tuple[str, str], Organisation] = {}
        self._nobody: dict[tuple[str, str], Organisation] = {}
        self._by_email: dict[str, Person] = {}
        self._by_name: dict[tuple[str, int | None], Person] = {}
        self._find_people(people)

    def organisation(self, plain: Mapping[str, Any]) -> tuple[Organisation, Establishment | None]:
        if "id" in plain:
            return self._organisations[plain["id"]], self._sites.get(plain.get("establishment", 0))
        if "nobody" in plain:
            key = (plain["name"], str(plain["nobody"]))
            if key not in self._nobody:
                self._nobody[key] = self._add_nobody(plain["name"])
            return self._nobody[key], None
        if "written" in plain:
            key = _name(plain)
            if key not in self._written:
                self._written[key] = self._write(plain)
            return self._written[key], None
        number = plain["number"]
        if number not in self._new:
            self._new[number] = add_organisation(plain["name"], number=number, at=self._at)
        return self._new[number], None

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

    def _add_nobody(self, name: str) -> Organisation:
        """One more that is not identified, and of which nobody needs to ask who it is."""
        organisation = add_unidentified(name, at=self._at)
        say_who(organisation, None, ground=Ground(automatic=True, source=self._source), by=self._by, at=self._at)
        return organisation

    def _write(self, plain: Mapping[str, Any]) -> Organisation:
        """The organisation that stands for the name, tied or suspected as the plan says, unless it is decided."""
        known = self._names.written.get(_name(plain))
        if known is not None and (known.pk in self._names.decided or not (plain["tie"] or plain["doubts"])):
            return known
        organisation = known or self._write_anew(plain)
        if plain["tie"] and plain["tie"]["organisation"] != organisation.pk:
            self._tie(organisation, plain["tie"], automatic=plain["automatic"], is_new=known is None)
        elif plain["doubts"] and organisation.pk not in self._names.suspected:
            self._suspect(organisation, plain["doubts"])
        return organisation

    def _write_anew(self, plain: Mapping[str, Any]) -> Organisation:
        said = plain["written"]
        hints = Hints(
            municipality=said["municipality"],
            postal_code=said["postal_code"],
            address=said["address"],
            domain=said["domain"],
            day=date.fromisoformat(said["day"]) if said["day"] else None,
        )
        return written(plain["name"], hints=hints, source=self._source, at=self._at)

    def _tie(self, subject: Organisation, tie: Mapping[str, Any], *, automatic: bool, is_new: bool) -> None:
        ground = Ground(
            automatic=automatic,
            probability=tie["probability"] if automatic else None,
            reasons=tie["reasons"],
            source=self._source,
        )
        (say_who if is_new else identify)(  # nothing rests on a new one, so nothing is to be restated
            subject,
            Organisation.objects.get(pk=tie["organisation"]),
            establishment=Establishment.objects.filter(pk=tie["establishment"] or 0).first(),
            ground=ground,
            by=self._by,
            at=self._at,
        )

    def _suspect(self, subject: Organisation, doubts: Iterable[Mapping[str, Any]]) -> None:
        """Put it on the pile of those to be reviewed."""
        suspicions = [
            Suspicion(
                subject=subject,
                organisation_id=one["organisation"],
                establishment_id=one["establishment"],
                probability=round(one["probability"] * 1000),
                reasons=one["reasons"],
                found_at=self._at,
            )
            for one in doubts
        ]
        Suspicion.objects.bulk_create(suspicions, ignore_conflicts=True)

    @staticmethod
    def _added_already(numbers: list[str]) -> dict[str, Organisation]:
        """Organisations that earlier rows, or others meanwhile, have added."""
        known = Organisation.objects.filter(country="NO", register="brreg", number__in=numbers) if numbers else ()
        return {one.number: one for one in known}

    def _find_people(self, people: list[dict[str, Any]]) -> None:
        emails = {one["email"].casefold() for one in people if one["email"]}
        names = {search_key(one["name"]) for one in people if not one["email"]}
        if emails:
            written_as = emails | {one["email"] for one in people}
            for person in Person.objects.filter(email__in=written_as).select_related("organisation").order_by("-pk"):
                self._by_email[person.email.casefold()] = person
        if names:
            for person in Person.objects.filter(search_name__in=names).select_related("organisation").order_by("-pk"):
                self._by_name[person.search_name, person.organisation_id] = person
