"""Names and codes of municipalities in memory: for many questions at once, such as those of a large spreadsheet."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from samtall.base.text import search_key
from samtall.places.models import Municipality, MunicipalityName, Transfer
from samtall.places.names import spellings


class Gazetteer:
    """Answers from the names it is given, without asking the database again."""

    def __init__(self, names: Iterable[MunicipalityName]) -> None:
        self._names = names

    @classmethod
    def whole(cls) -> "Gazetteer":
        """Of every name there has been; read from the database when it is first asked."""
        return cls(MunicipalityName.objects.select_related("municipality"))

    def named(self, text: str, on: date) -> Municipality | None:
        """The one municipality with this code or name on that day, as `queries.municipality_named`."""
        wanted = search_key(text)
        if is_code(wanted):
            return next((one.municipality for one in self._by_code.get(wanted, ()) if _valid(one, on)), None)
        for spelled in (self._exact, self._loose):
            found = {one.municipality_id: one.municipality for one in spelled.get(wanted, ()) if _valid(one, on)}
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def ever_named(self, text: str) -> set[int]:
        """The municipalities that have had this name, now or before; by the name in full where that fits any."""
        wanted = search_key(text)
        found = self._exact.get(wanted) or self._loose.get(wanted) or []
        return {one.municipality_id for one in found}

    def code_on(self, municipality: Municipality, day: date) -> str:
        """The municipality's code on a day; "" when it had none."""
        names = self._by_municipality.get(municipality.pk, ())
        return next((one.code for one in names if _valid(one, day)), "")

    def code_of_any_year(self, text: str, on: date) -> str:
        """The code on a day of what has this code or name in any year, through whole transfers (R11).

        "" where the text is unknown, or leads to several municipalities or none: 0821, 3817 and 4020 are all 3817 in
        2022, and 4020 is nothing before 2020, when it was Bø and Sauherad.
        """
        wanted = search_key(text)
        names = self._by_code.get(wanted, ()) if is_code(wanted) else [*self._exact[wanted], *self._loose[wanted]]
        codes = {self._forward(one.municipality_id, on) for one in names}
        return codes.pop() if len(codes) == 1 else ""

    def _forward(self, municipality: int, on: date) -> str:
        """The code on a day of a municipality, or of the one that took over the whole of it."""
        while True:
            names = self._by_municipality.get(municipality, ())
            if code := next((one.code for one in names if _valid(one, on)), ""):
                return code
            onward = self._onward.get(municipality)
            if onward is None or onward.on > on:
                return ""
            municipality = onward.target_id

    def became(self, text: str) -> list[str]:
        """The latest names of those that became, wholly or in part, what has this code or name; in order."""
        wanted = search_key(text)
        names = self._by_code.get(wanted, ()) if is_code(wanted) else [*self._exact[wanted], *self._loose[wanted]]
        origins = Transfer.objects.filter(target__in={one.municipality_id for one in names}).values_list("origin")
        found = {pk: self._by_municipality[pk] for (pk,) in origins if pk in self._by_municipality}
        return sorted(max(each, key=lambda one: one.valid_from).name for each in found.values())

    def name_of_code(self, code: str) -> str:
        """The latest name that a code stood for; "" when the code is unknown."""
        names = self._by_code.get(code, ())
        return max(names, key=lambda one: one.valid_from).name if names else ""

    @cached_property
    def _all(self) -> list[MunicipalityName]:
        return list(self._names)

    @cached_property
    def _onward(self) -> dict[int, Transfer]:
        whole = Transfer.objects.filter(extent=Transfer.Extent.WHOLE).order_by("-on")
        return {one.origin_id: one for one in whole}

    @cached_property
    def _by_code(self) -> dict[str, list[MunicipalityName]]:
        found = defaultdict(list)
        for one in self._all:
            found[one.code].append(one)
        return found

    @cached_property
    def _by_municipality(self) -> dict[int, list[MunicipalityName]]:
        found = defaultdict(list)
        for one in self._all:
            found[one.municipality_id].append(one)
        return found

    @cached_property
    def _exact(self) -> dict[str, list[MunicipalityName]]:
        found = defaultdict(list)
        for one in self._all:
            found[search_key(one.name)].append(one)
        return found

    @cached_property
    def _loose(self) -> dict[str, list[MunicipalityName]]:
        found = defaultdict(list)
        for one in self._all:
            for spelling in spellings(one.name):
                found[spelling].append(one)
        return found


def is_code(text: str) -> bool:
    """Whether a text has the form of a municipality's code: four digits."""
    return len(text) == 4 and text.isascii() and text.isdigit()


def _valid(name: MunicipalityName, day: date) -> bool:
    return name.valid_from <= day and (name.valid_to is None or name.valid_to > day)
