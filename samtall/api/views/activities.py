"""Activities: read, recorded as drafts or sent in, and changed."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from samtall.accounts.models import User
from samtall.activities import operations, queries
from samtall.activities.models import Activity
from samtall.activities.operations import Part, Proof, WholeActivity
from samtall.activities.queries import Filters
from samtall.api.callers import Caller
from samtall.api.idempotency import Answer, once
from samtall.api.plain import PARTIES, plain_activity, plain_kinds
from samtall.api.problems import Problem, not_found
from samtall.api.schemas import (
    ActivitiesAsked,
    ActivitiesOut,
    ActivityChange,
    ActivityIn,
    ActivityOut,
    KindsOut,
    PartIn,
)
from samtall.api.views.reading import LARGEST_ID, page_of, refuse_other_parameters
from samtall.api.views.responses import NO_KEY_NEEDED, OPEN, responses
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.identities.operations import Hints, written
from samtall.parties.models import Establishment, Organisation
from samtall.parties.queries import establishment_by_number, organisation_by_number

router = Router(tags=["activities"])
kinds = Router(tags=["activities"])


@kinds.get(
    "",
    response=responses(KindsOut),
    auth=OPEN,
    openapi_extra=NO_KEY_NEEDED,
    url_name="api-kinds",
    summary="The kinds of activity",
)
def all_kinds(request: HttpRequest) -> Any:
    return {"kinds": plain_kinds()}


@router.get("", response=responses(ActivitiesOut), url_name="api-activities", summary="Activities, newest first")
def activities(request: HttpRequest, asked: Query[ActivitiesAsked]) -> Any:
    refuse_other_parameters(request, asked)
    caller: Caller = request.auth  # type: ignore[attr-defined]
    reader = caller.needs("activities.read", narrowed=True)
    filters = Filters(kind=asked.kind, step=asked.step, text=asked.q)
    found = queries.filtered(queries.visible_to(reader), filters).prefetch_related(*PARTIES, "evidence")
    page = page_of(found, asked.page, asked.page_size)
    return page | {"items": [plain_activity(one) for one in page["items"]]}


@router.get("/{pk}", response=responses(ActivityOut), url_name="api-activity", summary="One activity")
def activity(request: HttpRequest, pk: int) -> Any:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return plain_activity(_seen(pk, caller.needs("activities.read", narrowed=True)))


@router.post(
    "",
    response=responses(ActivityOut, status=201, writing=True),
    url_name="api-activities",
    summary="Record an activity, with an Idempotency-Key if it may be repeated",
)
def record(request: HttpRequest, said: ActivityIn) -> Any:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    by, at = caller.needs("activities.record", narrowed=True), clock.now()

    def act() -> Answer:
        whole = _whole(said, origin=caller.key.signature if caller.key else "")
        made = operations.record_whole(whole, by=by, at=at)
        return 201, ActivityOut(**plain_activity(_seen(made.pk, by))).model_dump(mode="json")

    return Status(*once(request, caller, act, at=at))


@router.put(
    "/{pk}",
    response=responses(ActivityOut, writing=True),
    url_name="api-activity",
    summary="Change an activity, with its etag in If-Match",
)
def change(request: HttpRequest, pk: int, said: ActivityChange) -> Any:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    by, at = caller.needs("activities.record", narrowed=True), clock.now()

    def act() -> Answer:
        known = _seen(pk, by, permission="activities.record", lock=True)
        if request.headers.get("If-Match", "").strip('"') != plain_activity(known)["etag"]:
            raise Problem("P5", _("Somebody changed it since you fetched it. Fetch it again, and send its etag."))
        operations.revise(known, by=by, at=at, reason=said.reason, **_changes(said))
        return 200, ActivityOut(**plain_activity(_seen(pk, by))).model_dump(mode="json")

    return Status(*once(request, caller, act, at=at))


def _seen(pk: int, reader: User, *, permission: str = "activities.read", lock: bool = False) -> Activity:
    """The activity, if this reader may see it. `lock`: nobody else changes it until the transaction ends."""
    if not 0 < pk <= LARGEST_ID:
        raise not_found()
    seen = queries.visible_to(reader, permission).filter(pk=pk).prefetch_related(*PARTIES, "evidence")
    found = (seen.select_for_update(of=("self",)) if lock else seen).first()
    if found is None:
        raise not_found()
    return found


def _changes(said: ActivityChange) -> dict[str, Any]:
    names = {"title": "title", "from_day": "starts", "to_day": "ends", "municipality": "municipality"}
    return {ours: getattr(said, theirs) for theirs, ours in names.items() if theirs in said.model_fields_set}


def _whole(said: ActivityIn, *, origin: str) -> WholeActivity:
    return WholeActivity(
        kind=said.kind,
        title=said.title,
        starts=said.from_day,
        ends=said.to_day,
        municipality=said.municipality,
        programme=said.programme,
        details=said.details,
        state=said.state,
        origin=origin,
        parts=[_part(part, index, origin, said) for index, part in enumerate(said.parts)],
        evidence=[Proof(kind=one.kind, description=one.description, dated=one.dated) for one in said.evidence],
        submit=said.submit,
    )


def _part(part: PartIn, index: int, origin: str, activity: ActivityIn) -> Part:
    organisation, establishment = _party(part, index, origin, activity)
    return Part(
        role=part.role,
        organisation=organisation,
        establishment=establishment,
        head_count=part.people,
        quantity=part.quantity,
        outcome=part.outcome,
        starts=part.from_day,
        ends=part.to_day,
    )


def _party(part: PartIn, index: int, origin: str, activity: ActivityIn) -> tuple[Organisation, Establishment | None]:
    """Who is meant by a number, or by a name as it is written (R2)."""
    if part.number:
        if found := organisation_by_number(part.number):
            return found, None
        if site := establishment_by_number(part.number):
            return site.organisation, site
        raise _wrong(index, "number", _("Nobody here has this number. Check it, or send the name instead."))
    if not part.name.strip():
        raise _wrong(index, "number", _("Say which organisation it is, by number or by name."))
    try:
        hints = Hints(municipality=activity.municipality, day=activity.from_day)
        return written(part.name, hints=hints, source=origin, at=clock.now()), None
    except Refusal as refusal:
        raise _wrong(index, "name", str(refusal)) from refusal


def _wrong(index: int, field: str, detail: str) -> Problem:
    return Problem("V1", detail, errors=[{"field": f"parts.{index}.{field}", "code": "V1", "detail": detail}])
