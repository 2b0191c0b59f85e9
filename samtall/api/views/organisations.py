"""Organisations: those of the register, and the names nobody has found a number for."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from samtall.accounts.policy import scope
from samtall.api.callers import Caller
from samtall.api.plain import plain_organisation
from samtall.api.problems import not_found
from samtall.api.schemas import OrganisationOut, OrganisationsAsked, OrganisationsOut
from samtall.api.views.reading import page_of, refuse_other_parameters
from samtall.api.views.responses import responses
from samtall.base.reading import tidy
from samtall.organisations.queries import in_register, organisation_at, taking_part, within

router = Router(tags=["organisations"])


@router.get(
    "",
    response=responses(OrganisationsOut),
    url_name="api-organisations",
    summary="Those that take part; with q, those of the whole register that it may mean",
)
def organisations(request: HttpRequest, asked: Query[OrganisationsAsked]) -> Any:
    refuse_other_parameters(request, asked)
    caller: Caller = request.auth  # type: ignore[attr-defined]
    reader = caller.needs("organisations.read", narrowed=True)
    seen, wanted = within(scope(reader, "organisations.read"), reader), tidy(asked.q)
    found = seen.filter(pk__in=[one.pk for one in in_register(wanted)]) if wanted else taking_part(seen)
    shown = found.select_related("same_as", "part_of").prefetch_related("attributes").order_by("search_name", "pk")
    page = page_of(shown, asked.page, asked.page_size)
    return page | {"items": [plain_organisation(one) for one in page["items"]]}


@router.get(
    "/{key}",
    response=responses(OrganisationOut),
    url_name="api-organisation",
    summary="One organisation, by its number or by our id",
)
def organisation(request: HttpRequest, key: str) -> Any:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    reader = caller.needs("organisations.read", narrowed=True)
    found = organisation_at(key) if len(key) <= 40 else None
    if found is None or not within(scope(reader, "organisations.read"), reader).filter(pk=found.pk).exists():
        raise not_found()
    return plain_organisation(found)
