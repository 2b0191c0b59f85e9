"""The personal data in agreements: the names are read from the activity, and stand in what was sent and written."""

from datetime import datetime

from django.utils.translation import gettext as _

from samtall.agreements.models import Agreement
from samtall.base.personal import Held, Processing, Signed, Subject, Text
from samtall.base.text import Words
from samtall.mail.models import LetterFile


def held(subject: Subject) -> list[Held]:
    theirs = Agreement.objects.filter(activity__participations__person_key__in=subject.keys).distinct()
    return [
        Held(
            _("Agreement"),
            [
                (label, value)
                for label, value in (
                    (_("Activity"), one.activity.title),
                    (_("Rights"), one.get_rights_display()),
                    (_("Confidentiality"), one.get_confidentiality_display()),
                    (_("Expenses"), one.expenses),
                    (_("Compensation"), one.compensation),
                    (_("Other"), one.other),
                )
                if value
            ],
            when=one.at,
        )
        for one in theirs.select_related("activity").order_by("at", "pk")
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """Delete the copies of their agreements that went with letters; printed anew, one has a dash for the name."""
    theirs = Agreement.objects.filter(activity__participations__person_key__in=subject.keys)
    about = {f"activity:{pk}" for pk in theirs.values_list("activity", flat=True)}
    LetterFile.objects.filter(letter__about__in=about, letter__purpose="agreement").delete()


PROCESSING = (
    Processing(
        code="agreements",
        words=Words("Avtaler om studentarbeid", "Avtalar om studentarbeid", "Agreements on student work"),
        purpose=Words(
            "Å avtale hvem som gjør hva, hvem som eier resultatet og hva som er fortrolig.",
            "Å avtale kven som gjer kva, kven som eig resultatet og kva som er fortruleg.",
            "To agree on who does what, who owns the result and what is confidential.",
        ),
        basis=Words(
            "Avtale med den det gjelder: personvernforordningen artikkel 6 nr. 1 bokstav b.",
            "Avtale med den det gjeld: personvernforordninga artikkel 6 nr. 1 bokstav b.",
            "A contract with the person: the General Data Protection Regulation, article 6 (1) (b).",
        ),
        whose=Words(
            "Studenter, veiledere og kontaktpersoner",
            "Studentar, rettleiarar og kontaktpersonar",
            "Students, supervisors and contacts",
        ),
        data=Words(
            "Navn, vilkår, hvem som har signert når",
            "Namn, vilkår, kven som har signert når",
            "Names, terms, who signed when",
        ),
        seen_by=Words("Partene og koordinatorer", "Partane og koordinatorar", "The parties and coordinators"),
        kept=Words("Som deltakelse i aktiviteter.", "Som deltaking i aktivitetar.", "As taking part in activities."),
        fields={
            "agreements.Agreement": ("place", "expenses", "compensation", "other"),
            "agreements.AgreementRecord": ("reason",),
        },
        texts=(
            Text(
                "agreements.Agreement",
                ("place", "expenses", "compensation", "other"),
                "activity__participations__person_key__in",
            ),
            Text("agreements.AgreementRecord", ("reason",), "agreement__activity__participations__person_key__in"),
        ),
        held=held,
        erase=erase,
    ),
)
