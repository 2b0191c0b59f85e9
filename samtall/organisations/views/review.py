"""The pile of doubts: one name at a time, with those who it may stand for, decided and undone on the spot."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtall.accounts.models import User
from samtall.accounts.policy import allowed, user_of
from samtall.activities import operations as activities
from samtall.activities.finding import party_at, search
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.reading import tidy
from samtall.identities import operations as identities
from samtall.identities.models import Distinction, Identification
from samtall.identities.operations import Ground
from samtall.identities.queries import latest_by
from samtall.organisations import candidates, pile
from samtall.organisations.decisions import REVIEW, place_of, probability_in_words, shown
from samtall.organisations.showing import link_to_all
from samtall.organisations.work import look_again
from samtall.parties.models import Establishment, Organisation
from samtall.places.queries import name_of_code
from samtall.ui.frame import Link
from samtall.ui.paging import page_of
from samtall.ui.tables import Column, Table

#: The tabs, by what the address says.
NAMES, DUPLICATES = "", "like"
#: How many activities of a name are shown with it.
FEW = 5


@allowed("organisations.change")
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    tab = DUPLICATES if request.GET.get("vis") == DUPLICATES else NAMES
    names, duplicates = pile.names_left(), pile.duplicates_left()
    left = duplicates if tab else names
    subject = _asked_for(request, left)
    context: dict[str, Any] = {
        "links": [link_to_all()],
        "tabs": [
            Link("?", _("Names without a number (%(number)s)") % {"number": len(names)}, current=not tab),
            Link(
                f"?vis={DUPLICATES}",
                _("May stand here twice (%(number)s)") % {"number": len(duplicates)},
                current=bool(tab),
            ),
        ],
        "tab": tab,
        "left": len(left),
        "all": len(left) if tab else pile.names_in_all(),
        "last": _last(user_of(request)),
        "subject": subject,
    }
    if subject is not None:
        context |= _about(request, subject, left, tab)
    return render(request, "organisations/review.html", context)


def _asked_for(request: HttpRequest, left: Sequence[int]) -> Organisation | None:
    """The one in the address while it is undecided; else the first that is left."""
    asked = request.GET.get("navn", "")
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
    chosen = pk if pk in left else next(iter(left), 0)
    return Organisation.objects.select_related("written").filter(pk=chosen).first()


def _about(request: HttpRequest, subject: Organisation, left: Sequence[int], tab: str) -> dict[str, Any]:
    written = getattr(subject, "written", None)
    text = tidy(request.GET.get("q", "")[:200])
    municipality = written.municipality if written else ""
    found = candidates.of_parties(search(text, municipality=municipality)) if text else []
    possible = candidates.of_suspicions(pile.suspicions_of(subject))
    behind = pile.activities_written_so(subject)
    page = page_of(request, left)
    return {
        "written": written,
        "source": place_of(written.source) if written else "",
        "municipality": name_of_code(municipality),
        "card": candidates.shown([candidates.Possible(subject)])[0],
        "possible": candidates.shown(possible),
        "text": text,
        "found": candidates.shown([one for one in found if one.organisation.pk != subject.pk]),
        "keep": [("navn", subject.pk), ("vis", tab)],
        "activities": [Link(reverse("activity", args=[one.pk]), one.title) for one in behind[:FEW]],
        "activities_count": behind.count(),
        "skip_url": address(tab, _after(subject.pk, left)),
        "new_url": f"{reverse('organisation-new')}?{urlencode({'navn': subject.name, 'avklarer': str(subject.pk)})}",
        "page": page,
        "table": _left_table(list(page.object_list), tab),
    }


def _after(pk: int, left: Sequence[int]) -> int | None:
    """The next one, and after the last the first again; None when there is no other."""
    place = left.index(pk) + 1
    others = [*left[place:], *left[: place - 1]]
    return others[0] if others else None


def address(tab: str = NAMES, pk: int | None = None) -> str:
    """The pile's address, at one of those that are left."""
    asked = {"vis": tab} if tab else {}
    if pk is not None:
        asked |= {"navn": str(pk)}
    return reverse("identities-review") + (f"?{urlencode(asked)}" if asked else "")


def _left_table(pks: Sequence[int], tab: str) -> Table:
    named, likely = Organisation.objects.in_bulk(pks), pile.likely(pks)
    rows = []
    for pk in pks:
        best = likely.get(pk)
        rows.append(
            (
                Link(address(tab, pk), named[pk].name),
                best.organisation.name if best else _("nobody found"),
                probability_in_words(best.probability) if best else "",
            )
        )
    columns = [Column(_("Name")), Column(_("May be")), Column(_("How likely"))]
    return Table(_("All that are left"), columns, rows)


def _last(user: User) -> dict[str, Any] | None:
    """What this user decided last and may undo."""
    said = latest_by(user.signature, REVIEW)
    return {"decision": shown([said])[0]} if said else None


@allowed("organisations.change")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(Organisation, pk=pk)
    left = pile.names_left()
    onward = _after(pk, left) if pk in left else None
    try:
        stays = _decide(request, subject)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        stays = True
    return redirect(address(NAMES, pk if stays else onward))


def _decide(request: HttpRequest, subject: Organisation) -> bool:
    """Do what the button says; whether the same name is shown again."""
    by, at = user_of(request), clock.now()
    if "none" in request.POST:
        activities.identify(subject, None, ground=Ground(source=REVIEW), by=by, at=at)
        return False
    party = party_at(request.POST.get("same") or request.POST.get("different") or "")
    if party is None:
        raise Refusal(_("That organisation is not here any more. Search for it again."))
    organisation = party.organisation if isinstance(party, Establishment) else party
    if "different" in request.POST:
        identities.distinguish(subject, organisation, source=REVIEW, by=by, at=at)
        return True
    activities.identify(
        subject,
        organisation,
        establishment=party if isinstance(party, Establishment) else None,
        ground=_ground(subject, organisation),
        by=by,
        at=at,
    )
    return False


def _ground(subject: Organisation, organisation: Organisation) -> Ground:
    """What the matcher said of the two, to be kept with the decision."""
    suspicion = pile.suspicions_of(subject).filter(organisation=organisation).first()
    if suspicion is None:
        return Ground(source=REVIEW)
    return Ground(probability=suspicion.probability / 1000, reasons=suspicion.reasons, source=REVIEW)


@allowed("organisations.change")
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what this user decided last in the pile, and show it again."""
    by, at = user_of(request), clock.now()
    said = latest_by(by.signature, REVIEW)
    if said is None:
        messages.warning(request, _("There is nothing to undo."))
        return redirect("identities-review")
    reason = _("Undone at once")
    if isinstance(said, Identification):
        subject = activities.withdraw_identification(said, by=by, at=at, reason=reason)
    elif isinstance(said, Distinction):
        identities.withdraw_distinction(said, by=by, at=at, reason=reason)
        subject = said.first if not said.first.identified else said.second
    look_again([subject], at=at)
    messages.success(request, _("Undone: “%(name)s” is undecided again.") % {"name": subject.name})
    return redirect(address(DUPLICATES if subject.identified else NAMES, subject.pk))
