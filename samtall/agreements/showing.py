"""How agreements are shown, on pages of their own and on that of the activity."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.accounts.policy import Visitor
from samtall.activities import registry
from samtall.activities.models import Activity, Participation
from samtall.activities.panels import Panel
from samtall.activities.queries import reaches
from samtall.activities.stages import PROPOSED
from samtall.agreements.models import Agreement, AgreementRecord
from samtall.agreements.queries import is_cancelled, is_sent, signed_parts
from samtall.agreements.wording import name_of, signing_parts, title_of
from samtall.ui.frame import Link
from samtall.ui.tables import Column, Event, Table
from samtall.ui.writing import number, short_date

What = AgreementRecord.What


def panel_of(activity: Activity, reader: Visitor) -> Panel | None:
    """The agreements of student work, for those who may see people."""
    if not reaches(reader, "people.read", activity) or PROPOSED not in registry.kind(activity.kind).stages:
        return None
    agreements = list(activity.agreements.prefetch_related("records").order_by("-pk"))
    columns = [Column(label) for label in (_("Agreement"), _("Rights"), _("Confidentiality"), _("Status"))]
    signers = len(signing_parts(activity)) if agreements else 0
    rows = [
        (
            Link(reverse("agreement", args=[one.pk]), _("No. %(number)s") % {"number": one.pk}),
            one.get_rights_display(),
            confidentiality(one),
            status(one, signers),
        )
        for one in agreements
    ]
    can_draw = reaches(reader, "activities.record", activity) and activity.step != Activity.Step.WITHDRAWN
    open_one = any(not is_cancelled(one) for one in agreements)
    new = [Link(reverse("agreement-new", args=[activity.pk]), _("Draw up an agreement"))]
    return Panel(
        heading=_("Agreement"),
        table=Table(_("Agreements"), columns, rows, caption_hidden=True) if rows else None,
        nothing=_("None yet."),
        links=new if can_draw and not open_one else (),
    )


def status(agreement: Agreement, signers: int) -> str:
    """How far an agreement has come, in words."""
    if is_cancelled(agreement):
        return _("Cancelled")
    if agreement.evidence_id is not None:
        return _("Signed by all")
    if not is_sent(agreement):
        return _("Draft")
    signed = {"signed": number(len(signed_parts(agreement))), "signers": number(signers)}
    return _("Sent, signed by %(signed)s of %(signers)s") % signed


def confidentiality(agreement: Agreement) -> str:
    if agreement.confidential_until is not None:
        return _("Confidential until %(day)s") % {"day": short_date(agreement.confidential_until)}
    return agreement.get_confidentiality_display()


def terms(agreement: Agreement) -> list[tuple[str, str]]:
    return [
        (_("Language of the agreement"), agreement.get_language_display()),
        (_("Place of work"), agreement.place),
        (_("Who owns the results"), agreement.get_rights_display()),
        (_("Confidentiality"), confidentiality(agreement)),
        (_("Hours that the organisation gives to supervision"), number(agreement.supervision_hours)),
        (_("Expenses that the organisation pays"), agreement.expenses or _("Each party pays its own")),
        (_("Compensation"), agreement.compensation or _("None")),
        (_("What else is agreed"), agreement.other),
        (_("Text"), _("%(text)s, version %(version)s") % {"text": title_of(agreement), "version": agreement.version}),
    ]


def party_words(part: Participation) -> str:
    """Who signs, as the page and the form call them."""
    role = registry.kind(part.activity.kind).role(part.role)
    return f"{role.words}: {name_of(part)}"


def signatures(agreement: Agreement, signers: Iterable[Participation]) -> Table:
    """Who has signed and who has not."""
    signed = {one.part_id: one.on for one in agreement.records.all() if one.what == What.SIGNED}
    rows = [(party_words(one), short_date(signed[one.pk]) if one.pk in signed else _("Not yet")) for one in signers]
    return Table(_("Signatures"), [Column(_("Who")), Column(_("Signed"))], rows, caption_hidden=True)


def events(agreement: Agreement) -> list[Event]:
    """What has happened to it, newest first."""
    kind = registry.kind(agreement.activity.kind)
    found = []
    for one in sorted(agreement.records.all(), key=lambda record: -record.pk):
        said = _("%(what)s on %(day)s") % {"what": one.get_what_display(), "day": short_date(one.on)}
        whose = f" · {kind.role(one.role).words}" if one.role else ""
        found.append(Event(one.at, said + whose, str(one.by), one.reason))
    return [*found, Event(agreement.at, _("Drawn up"), str(agreement.by))]
