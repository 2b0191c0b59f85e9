"""For those who answer for data protection: who is asked about, what is to be corrected, what is erased and when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtall.accounts.policy import allowed, user_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.personal import Subject
from samtall.base.text import search_key
from samtall.documents.models import Document
from samtall.parties.models import Person
from samtall.privacy import operations, queries, showing, subjects
from samtall.privacy.forms import AnswerForm
from samtall.privacy.models import Correction, Erased, LeftFile
from samtall.privacy.views.corrections import take_answer
from samtall.ui.paging import page_of

MOST = 50


@allowed("privacy.manage")
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, and everything that has been erased."""
    page, at = page_of(request, Erased.objects.all()), clock.now()
    left = list(queries.files_to_look_into()[:MOST])
    documents = Document.objects.in_bulk([one.document for one in left])
    context = {
        "corrections": [(one, AnswerForm(auto_id=f"id_%s_{one.pk}")) for one in _unanswered()],
        "left": [(one, documents[one.document], _where(documents[one.document])) for one in left],
        "page": page,
        "erased": showing.erased_table(page.object_list),
        "deadlines": showing.deadlines_table(queries.deadlines(at)),
    }
    return render(request, "privacy/desk.html", context)


def _where(document: Document) -> str:
    """The page that a file is opened from."""
    sort, _colon, number = document.about.partition(":")
    return reverse("activity", args=[number]) if sort == "activity" else ""


def _unanswered() -> list[Correction]:
    return list(queries.unanswered()[:MOST])


@allowed("privacy.manage")
@require_POST
def person(request: HttpRequest) -> HttpResponse:
    """Look somebody up by address, name or person, and erase them. By POST: who is asked about stands in no address."""
    asked = " ".join(request.POST.get("q", "").split())[:300]
    number = request.POST.get("person", "")
    one = Person.objects.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if one is None and asked and "@" not in asked:
        found = Person.objects.filter(search_name__contains=search_key(asked)).select_related("organisation")
        people = list(found.order_by("search_name", "pk")[:MOST])
        return render(request, "privacy/people.html", {"asked": asked, "people": people})
    subject = subjects.of_person(one) if one else subjects.of_address(asked) if asked else Subject()
    here = queries.held(subject)
    if "erase" in request.POST and here:
        try:
            reason = Erased.Reason(request.POST["erase"]) if request.POST["erase"] in Erased.Reason.values else "asked"
            operations.erase(subject, by=user_of(request), at=clock.now(), reason=Erased.Reason(reason))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Erased. Every figure is as it was."))
            return redirect("privacy-desk")
    context = {"asked": asked, "person": one, "here": here, "title": one.name if one else asked}
    return render(request, "privacy/person.html", context)


@allowed("privacy.manage")
@require_POST
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer somebody who asked to have something corrected."""
    take_answer(request, get_object_or_404(Correction, pk=pk, answered_at=None))
    return redirect("privacy-desk")


@allowed("privacy.manage")
@require_POST
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that may name somebody who was erased has been looked into."""
    left = get_object_or_404(LeftFile, pk=pk, settled_at=None)
    delete = request.POST.get("answer") == "delete"
    operations.settle_file(left, delete=delete, by=user_of(request), at=clock.now())
    messages.success(request, _("The file is deleted.") if delete else _("The file is kept."))
    return redirect("privacy-desk")
