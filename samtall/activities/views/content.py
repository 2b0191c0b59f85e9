"""What an activity says, written by people: itself, who takes part, what shows it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtall.accounts.policy import allowed
from samtall.activities import operations
from samtall.activities.finding import person_of, unidentified
from samtall.activities.forms import ActivityForm, EvidenceForm, PartChangeForm, PartForm, ReasonForm
from samtall.activities.kind import Kind, Role
from samtall.activities.models import Activity, Evidence, Participation
from samtall.activities.seasons import coming_season
from samtall.activities.stages import PROPOSED
from samtall.activities.views.acts import FORM
from samtall.activities.views.answering import act_and_return, ask, found, to_activity, who
from samtall.activities.views.kinds import known
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.documents.downloading import download
from samtall.documents.operations import examine
from samtall.identities.operations import Hints
from samtall.identities.suspecting import suspect
from samtall.parties.models import Establishment

VALIDATED = Activity.Step.VALIDATED


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def new(request: HttpRequest, code: str) -> HttpResponse:
    kind = known(code)
    proposal = coming_season(kind, clock.today()) if request.GET.get("forslag") else None
    form = ActivityForm(request.POST or None, kind=kind, proposal=proposal)
    made: list[Activity] = []

    def act() -> None:
        said = form.said()
        if said["state"] == PROPOSED.code:
            del said["state"]
            made.append(operations.propose(kind.code, by=who(request), at=clock.now(), **said))
        else:
            made.append(operations.record(kind.code, by=who(request), at=clock.now(), **said))

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return redirect("activity", made[0].pk)
    heading = _("New activity: %(kind)s") % {"kind": kind.words}
    return ask(request, form, heading=heading, lead=str(kind.description), submit=_("Save and go on"))


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    activity = found(request, pk)
    form = ActivityForm(request.POST or None, kind=known(activity.kind), activity=activity)

    def act() -> None:
        operations.revise(activity, by=who(request), at=clock.now(), **form.said())

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    return ask(
        request, form, heading=_("Change the activity"), lead=_correcting(activity), submit=_("Save"), activity=activity
    )


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def add_part(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    activity = found(request, pk)
    played = _role(known(activity.kind), role)
    form = PartForm(
        request.POST or None,
        role=played,
        needs_reason=activity.step == VALIDATED,
        municipality=activity.municipality,
    )
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: _add_part(request, activity, form)):
        return to_activity(activity)
    heading = _("Add: %(role)s") % {"role": played.words}
    return ask(request, form, heading=heading, lead=_correcting(activity), submit=_("Add"), activity=activity)


def _add_part(request: HttpRequest, activity: Activity, form: PartForm) -> None:
    said, at = form.cleaned_data, clock.now()
    name = said.get("name")
    hints = Hints(municipality=activity.municipality, day=activity.starts)
    with transaction.atomic():
        party = form.party or unidentified(said["organisation"], hints=hints, at=at)
        establishment = party if isinstance(party, Establishment) else None
        organisation = party.organisation if isinstance(party, Establishment) else party
        operations.add_participation(
            activity,
            role=form.role.code,
            organisation=organisation,
            establishment=establishment,
            person=person_of(name, organisation, email=said.get("email", "")) if name else None,
            head_count=said.get("head_count"),
            quantity=said.get("quantity"),
            starts=said.get("starts"),
            ends=said.get("ends"),
            reason=said.get("reason", ""),
            by=who(request),
            at=at,
        )
    if form.party is None:
        suspect([organisation], at=at)  # afterwards, so that nobody else who writes waits for it


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def change_part(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    activity = found(request, pk)
    participation = _part(activity, part)
    role = _role(known(activity.kind), participation.role)
    needs_reason = activity.step == VALIDATED
    form = PartChangeForm(request.POST or None, part=participation, role=role, needs_reason=needs_reason)

    def act() -> None:
        operations.revise_participation(participation, by=who(request), at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    heading = _("Change: %(role)s") % {"role": role.words}
    return ask(request, form, heading=heading, lead=_correcting(activity), submit=_("Save"), activity=activity)


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def remove_part(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    activity = found(request, pk)
    participation = _part(activity, part)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        operations.remove_participation(participation, by=who(request), at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    lead = _("For what was recorded by mistake. If somebody left, say that they left instead.")
    return ask(request, form, heading=_("Remove from the activity"), lead=lead, submit=_("Remove"), activity=activity)


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    activity = found(request, pk)
    form = EvidenceForm(request.POST or None, request.FILES or None, kind=known(activity.kind))

    def act() -> None:
        said, at = dict(form.cleaned_data), clock.now()
        if uploaded := said.pop("file"):
            said["file"] = examine(uploaded.read(), name=uploaded.name, at=at)
        operations.add_evidence(activity, by=who(request), at=at, **said)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    lead = _("What shows that it took place. Without it nothing can be approved.")
    return ask(request, form, heading=_("Add documentation"), lead=lead, submit=_("Add"), activity=activity)


@allowed("people.read", narrowed=True)
@require_safe
def evidence_file(request: HttpRequest, pk: int, piece: int) -> HttpResponse:
    """The file of a piece of evidence, for those who may see the activity and the names that stand in it."""
    activity = found(request, pk)
    evidence = get_object_or_404(Evidence.objects.select_related("document__file").filter(activity=activity), pk=piece)
    if evidence.document is None:
        raise Http404
    try:
        return download(evidence.document)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return to_activity(activity)


@allowed("activities.record", narrowed=True)
@require_POST
def remove_evidence(request: HttpRequest, pk: int, piece: int) -> HttpResponse:
    activity = found(request, pk)
    evidence = get_object_or_404(Evidence.objects.select_related("activity").filter(activity=activity), pk=piece)
    return act_and_return(
        request,
        activity,
        lambda: operations.remove_evidence(evidence, by=who(request), at=clock.now()),
        _("The documentation is removed."),
    )


def _part(activity: Activity, pk: int) -> Participation:
    return get_object_or_404(Participation.objects.filter(activity=activity), pk=pk)


def _role(kind: Kind, code: str) -> Role:
    try:
        return kind.role(code)
    except KeyError:
        raise Http404 from None


def _correcting(activity: Activity) -> str:
    """What a change does to what is approved already."""
    if activity.step != VALIDATED:
        return ""
    return _("This is approved. When you change it, it is pending until someone else approves it again.")
