"""What a schema refuses, as problems with the codes of the house."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from ninja.errors import ValidationError

from samtall.api.problems import Problem, not_found

_BOUNDS = {"greater_than", "greater_than_equal", "less_than", "less_than_equal", "finite_number"}
_DECIMALS = {"decimal_max_digits", "decimal_max_places", "decimal_whole_digits"}
_NUMBERS = {"int_parsing", "int_type", "int_from_float", "decimal_parsing", "decimal_type", "float_parsing"}


def problem_of(error: ValidationError) -> Problem:
    """Every fault at once; a path that means nothing is absent, and an unknown parameter cannot be used (H1)."""
    faults = [_fault(one) for one in error.errors]
    where = {str(one["loc"][0]) for one in error.errors}
    if "path" in where:
        return not_found()
    if any(one["type"] == "missing" and one["loc"][0] == "body" and len(one["loc"]) == 2 for one in error.errors):
        return Problem("P1", _("The body must be one JSON object."))
    code = faults[0]["code"]
    if where == {"query"} and code in ("P2", "V1"):
        faults = [one | {"code": "H1"} for one in faults]
        return Problem("H1", faults[0]["detail"], errors=faults)
    return Problem(code, faults[0]["detail"], errors=faults)


def _fault(one: Mapping[str, Any]) -> dict[str, str]:
    field = ".".join(str(part) for part in one["loc"][2:]) or str(one["loc"][-1])
    code, detail = _said(str(one["type"]), one.get("ctx") or {})
    return {"field": field, "code": code, "detail": f"{field}: {detail}"}


def _said(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    if kind == "extra_forbidden":
        return "P2", _("There is no such field here.")
    if kind == "missing":
        return "T1", _("It is needed.")
    if kind == "string_too_long":
        return "T2", _("It may have at most %(most)s characters.") % {"most": context.get("max_length", "")}
    if kind == "string_too_short":
        return "T1", _("It is needed.")
    if kind == "identity_number":
        return "T4", _("There is a national identity number here. We never keep those: take it out.")
    if kind == "no_day":
        return "D1", _("Write a day as 2017-12-31.")
    if kind == "day_outside":
        return "D2", _("Write a day between 1900 and 2100.")
    if kind == "ends_before_start":
        return "D3", _("The end must not be before the start.")
    if kind == "too_short":
        return "P2", _("An empty list says nothing: leave it out.")
    if kind in _BOUNDS:
        bounds = [context[name] for name in ("ge", "gt", "le", "lt") if name in context]
        return "N2", _("It is outside what is allowed (%(bound)s).") % {"bound": bounds[0] if bounds else "–"}
    if kind in _DECIMALS:
        return "N2", _("Write at most a million, with at most three decimals.")
    if kind in _NUMBERS:
        return "N1", _("Write a number.")
    return "P2", _("This is not one of the values that it can have.")
