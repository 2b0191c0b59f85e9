"""Inquiries: read, and sent in by a form of ours as another program has asked its questions."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from samtall.accounts.models import User
from samtall.accounts.policy import scope
from samtall.activities import queries as activities
from samtall.api.callers import Caller
from samtall.api.idempotency import Answer, once
from samtall.api.plain import plain_inquiry
from samtall.api.problems import STATUSES, Problem, not_found
from samtall.api.schemas import InquiriesAsked, InquiriesOut, InquiryIn, InquiryOut
from samtall.api.views.reading import page_of, refuse_other_parameters
from samtall.api.views.responses import responses
from samtall.base import clock
from samtall.inquiries import operations, queries
from samtall.inquiries.forms import MEANT, NONE_OF_THEM, InquiryForm, reply_language
from samtall.inquiries.models import ContactForm, Inquiry
from samtall.inquiries.queries import Filters

router = Router(tags=["inquiries"])

#: The codes of the house for what Django itself refuses.
_CODES = {"required": "T1", "invalid_choice": "V1", "invalid": "V1"}


@router.get("", response=responses(InquiriesOut), url_name="api-inquiries", summary="Inquiries, newest first")
def inquiries(request: HttpRequest, asked: Query[InquiriesAsked]) -> Any:
    refuse_other_parameters(request, asked)
    caller: Caller = request.auth  # type: ignore[attr-defined]
    reader = caller.needs("inquiries.read", narrowed=True)
    found = queries.filtered(queries.visible_to(reader), Filters(state=asked.state, text=asked.q), reader)
    page = page_of(_whole(found), asked.page, asked.page_size)
    return page | {"items": _plain(page["items"], reader)}


@router.get("/{number}", response=responses(InquiryOut), url_name="api-inquiry", summary="One inquiry, by case number")
def inquiry(request: HttpRequest, number: str) -> Any:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    reader = caller.needs("inquiries.read", narrowed=True)
    return _plain([_seen(number, reader)], reader)[0]


@router.post(
    "",
    response=responses(InquiryOut, status=201, writing=True),
    url_name="api-inquiries",
    summary="Send in an inquiry, with an Idempotency-Key if it may be repeated",
)
def send(request: HttpRequest, said: InquiryIn) -> Any:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    by, at = caller.needs("inquiries.handle", narrowed=True), clock.now()
    form = queries.form_within(said.form, scope(by, "inquiries.handle"))
    if form is None:
        raise _wrong([("form", "V1", _("There is no such contact form."))])
    answers = _read(form, said.answers)

    def act() -> Answer:
        received = operations.receive(form, answers, key=secrets.token_hex(16), language=reply_language(answers), at=at)
        return 201, InquiryOut(**_plain([received.inquiry], by)[0]).model_dump(mode="json")

    return Status(*once(request, caller, act, at=at))


def _seen(number: str, reader: User) -> Inquiry:
    found = _whole(queries.visible_to(reader).filter(number=number)).first()
    if found is None:
        raise not_found()
    return found


def _whole(found: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    organisation = ("organisation__same_as__part_of__part_of", "organisation__part_of__part_of")
    return found.select_related("form", *organisation).prefetch_related("handovers")


def _plain(found: Iterable[Inquiry], reader: User) -> list[dict[str, Any]]:
    """As the schema has them; the activities that they became as far as the reader may see those."""
    became = {one.activity_id for inquiry in found for one in inquiry.handovers.all()}
    seen = set(activities.visible_to(reader).filter(pk__in=became).values_list("pk", flat=True)) if became else set()
    return [plain_inquiry(one, seen) for one in found]


def _read(form: ContactForm, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as the form itself reads them. Raises every fault at once."""
    asked = InquiryForm(_as_sent(answers), declaration=queries.declared(form))
    if unknown := sorted(set(answers) - set(asked.fields)):
        detail = _("There is no such field here. There are: %(known)s.") % {"known": ", ".join(asked.fields)}
        raise _wrong([(f"answers.{one}", "P2", detail) for one in unknown])
    if not asked.is_valid():
        faults = [(field, error) for field, errors in asked.errors.as_data().items() for error in errors]
        raise _wrong(
            [(f"answers.{field}", _code(str(error.code)), " ".join(error.messages)) for field, error in faults]
        )
    return asked.said()


def _as_sent(answers: dict[str, Any]) -> QueryDict:
    """As a browser would have sent it; a name that may stand for several is kept as it is written."""
    sent = QueryDict(mutable=True)
    for name, value in answers.items():
        sent.setlist(name, value if isinstance(value, list) else [] if value is False else [str(value)])
    sent[MEANT] = NONE_OF_THEM
    return sent


def _code(code: str) -> str:
    return code if code in STATUSES else _CODES.get(code, "V1")


def _wrong(faults: list[tuple[str, str, str]]) -> Problem:
    listed = [{"field": field, "code": code, "detail": detail} for field, code, detail in faults]
    return Problem(faults[0][1], faults[0][2], errors=listed)
