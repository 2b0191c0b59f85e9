"""Why a candidate is one, in words that a person can read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: Each reason's words. What stands in brackets are its arguments.
WORDS = {
    "same_name": gettext_noop("same name"),
    "form_missing": gettext_noop("same name but for the form %(form)s"),
    "form_differs": gettext_noop("the form is %(theirs)s, not %(ours)s"),
    "other_spelling": gettext_noop("same name in another spelling"),
    "other_order": gettext_noop("same words in another order"),
    "similar_name": gettext_noop("similar name: %(name)s"),
    "part_of_name": gettext_noop("all the words stand in the name %(name)s"),
    "short_for": gettext_noop("the name is short for %(name)s"),
    "former_name": gettext_noop("former name until %(year)s: %(name)s"),
    "written_before": gettext_noop("written so before"),
    "site": gettext_noop("a work site of %(organisation)s"),
    "department": gettext_noop("a department of %(organisation)s"),
    "same_municipality": gettext_noop("in the same municipality"),
    "other_municipality": gettext_noop("in another municipality"),
    "same_postal_code": gettext_noop("the same postal code"),
    "same_address": gettext_noop("the same address"),
    "same_number": gettext_noop("the same number, written as a foreign one"),
    "same_domain": gettext_noop("same web domain: %(domain)s"),
    "domain_like_name": gettext_noop("the web domain resembles the name"),
    "shared_name": gettext_noop("another unit has the same name"),
    "closed": gettext_noop("closed %(year)s"),
    "other_numbers": gettext_noop("the numbers in the name differ"),
}
#: Reasons that speak against the candidate.
AGAINST = frozenset({"form_differs", "other_municipality", "shared_name", "closed", "other_numbers"})


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of WORDS and its arguments; `str()` gives the reader's language."""

    code: str
    arguments: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, **arguments: str) -> "Reason":
        return cls(code, tuple(sorted(arguments.items())))

    @property
    def against(self) -> bool:
        return self.code in AGAINST

    def __str__(self) -> str:
        return _(WORDS[self.code]) % dict(self.arguments)

    def to_plain(self) -> dict[str, Any]:
        """For JSON; `from_plain` reads it."""
        return {"code": self.code, **dict(self.arguments)}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Reason":
        return cls.of(plain["code"], **{name: str(value) for name, value in plain.items() if name != "code"})
