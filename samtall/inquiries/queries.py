"""What can be asked of inquiries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from samtall.accounts.models import User
from samtall.accounts.policy import Scope, Visitor, scope
from samtall.activities.models import Activity
from samtall.activities.queries import visible_to as visible_activities
from samtall.base.text import search_key
from samtall.identities.queries import with_those_found_to_be
from samtall.inquiries.declaration import Declaration, read
from samtall.inquiries.models import ContactForm, Inquiry
from samtall.inquiries.states import OPEN, State
from samtall.inquiries.tokens import opens
from samtall.knowledge.queries import Wish
from samtall.parties.models import Organisation

#: How long after a case was closed its sender's link still opens it.
LINK_HOLDS = timedelta(days=180)


def current_form(slug: str) -> ContactForm | None:
    """The latest version of a contact form; None when there is none of that name."""
    return ContactForm.objects.filter(slug=slug).order_by("-pk").first()


def current_forms() -> list[ContactForm]:
    """The latest version of each contact form, by name."""
    latest: dict[str, ContactForm] = {}
    for form in ContactForm.objects.order_by("pk"):
        latest[form.slug] = form
    return [latest[slug] for slug in sorted(latest)]


def declared(form: ContactForm) -> Declaration:
    return read(form.text)


def opened_by(number: str, token: str, at: datetime) -> Inquiry | None:
    """The inquiry that a sender's link leads to; None when there is none, or the link no longer holds."""
    inquiry = Inquiry.objects.select_related("organisation", "assignee", "form").filter(number=number).first()
    if inquiry is None or not opens(token, inquiry.pk, inquiry.link):
        return None
    latest = inquiry.records.order_by("-pk").values_list("at", flat=True).first()
    expired = not inquiry.is_open and latest is not None and at - latest > LINK_HOLDS
    return None if expired else inquiry


def visible_to(user: Visitor, permission: str = "inquiries.read") -> QuerySet[Inquiry]:
    """The inquiries that someone may see, or do something with that takes another permission. Newest first."""
    return within(scope(user, permission), user)


def within(reach: Scope, user: Visitor) -> QuerySet[Inquiry]:
    """The inquiries that a permission of a user reaches: all, or those that concern organisations within reach.

    An inquiry concerns the organisation that asked and the institution whose form it used; and who was given it has it.
    """
    inquiries = Inquiry.objects.select_related("organisation", "assignee").order_by("-received_at", "-pk")
    if reach.everything:
        return inquiries
    if not reach.organisations or not isinstance(user, User):
        return inquiries.none()
    asked = Q(organisation__in=reach.organisations) | Q(organisation__same_as__in=reach.organisations)
    return inquiries.filter(asked | Q(form__in=_forms_of(reach)) | Q(assignee=user))


def form_within(slug: str, reach: Scope) -> ContactForm | None:
    """The latest version of a contact form, when it is within reach."""
    form = current_form(slug)
    return form if form and (reach.everything or form.pk in _forms_of(reach)) else None


def _forms_of(reach: Scope) -> list[int]:
    """The versions of forms that belong to institutions within reach."""
    ours = Organisation.objects.filter(pk__in=reach.organisations).exclude(number="")
    numbers = set(ours.values_list("number", flat=True))
    return [form.pk for form in ContactForm.objects.all() if declared(form).institution.replace(" ", "") in numbers]


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; what is empty narrows nothing. `who`: "mine" or "nobody"."""

    who: str = ""
    late_on: date | None = None
    state: str = "open"
    text: str = ""


def filtered(inquiries: QuerySet[Inquiry], filters: Filters, user: User) -> QuerySet[Inquiry]:
    """Those of somebody, late, in a state ("open": any on the way), with every word in a name or the number."""
    if filters.who == "mine":
        inquiries = inquiries.filter(assignee=user)
    elif filters.who == "nobody":
        inquiries = inquiries.filter(assignee=None)
    if filters.late_on:
        inquiries = inquiries.filter(late(filters.late_on))
    if filters.state == "open":
        inquiries = inquiries.filter(state__in=OPEN).order_by("answered_at", "due_on", "pk")
    elif filters.state in State.values:
        inquiries = inquiries.filter(state=filters.state)
    for word in search_key(filters.text).split():
        named = Q(organisation__search_name__contains=word) | Q(organisation_text__icontains=word)
        inquiries = inquiries.filter(named | Q(number__contains=word) | Q(contact_name__icontains=word))
    return inquiries


def late(day: date) -> Q:
    """Nobody had answered in the promised time by a day."""
    return Q(state__in=OPEN, answered_at=None, due_on__lt=day)


def is_late(inquiry: Inquiry, day: date) -> bool:
    return inquiry.is_open and inquiry.answered_at is None and inquiry.due_on < day


def others_of(inquiry: Inquiry, user: Visitor) -> QuerySet[Inquiry]:
    """Other inquiries of the same organisation, or from the same address, that a user may see."""
    same = Q(email__iexact=inquiry.email) if inquiry.email else Q(pk__in=[])
    if inquiry.organisation:
        same |= Q(organisation__in=_the_same(inquiry.organisation))
    return visible_to(user).filter(same).exclude(pk=inquiry.pk)


def activities_of(inquiry: Inquiry, user: Visitor) -> QuerySet[Activity]:
    """What the organisation takes or took part in, newest first, as far as a user may see it."""
    activities = visible_activities(user)
    if inquiry.organisation is None:
        return activities.none()
    taking_part = Activity.objects.filter(participations__organisation__in=_the_same(inquiry.organisation))
    return activities.filter(pk__in=taking_part.values("pk"))


def led_to(inquiry: Inquiry, user: Visitor) -> QuerySet[Activity]:
    """The activities that it became, as far as a user may see them, in the order that they were made."""
    return visible_activities(user).filter(pk__in=inquiry.handovers.values("activity")).order_by("pk")


def _the_same(organisation: Organisation) -> set[int]:
    return with_those_found_to_be([organisation.counted.pk]) | {organisation.pk}


def handlers(inquiry: Inquiry) -> list[User]:
    """Who can be given an inquiry: users with a role that handles it."""
    users = User.objects.filter(is_active=True, grants__ended_at=None).distinct().order_by("name", "email")
    return [user for user in users if visible_to(user, "inquiries.handle").filter(pk=inquiry.pk).exists()]


def wish_of(inquiry: Inquiry) -> Wish:
    """What is asked for, as knowledge environments are found by it: in bokmål, for the index knows both forms."""
    subjects = {subject.code: subject.words.nb for subject in declared(inquiry.form).subjects}
    words = [inquiry.description, *(subjects[code] for code in inquiry.subjects if code in subjects)]
    return Wish(
        text=" ".join(words),
        kinds=inquiry.kinds,
        levels=inquiry.answers.get("level", []),
        municipality=inquiry.municipality,
    )
