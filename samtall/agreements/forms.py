"""What a person may say of an agreement."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samtall.activities.forms import AskingForm
from samtall.activities.models import Activity, Participation
from samtall.agreements.models import Agreement
from samtall.agreements.operations import TERMS
from samtall.documents.forms import DocumentField
from samtall.ui.fields import DateField, IntegerField, RowsField, TextField


class AgreementForm(AskingForm):
    """What the parties agree on. The parties, dates, hours and credits come from the activity."""

    language = forms.ChoiceField(label=_("Language of the agreement"), choices=settings.LANGUAGES)
    place = TextField(label=_("Place of work"), required=False, most=200)
    rights = forms.ChoiceField(
        label=_("Who owns the results"), choices=Agreement.Rights.choices, widget=forms.RadioSelect
    )
    confidentiality = forms.ChoiceField(
        label=_("Confidentiality"),
        help_text=_("No agreement can override the right of access to the documents of public bodies."),
        choices=Agreement.Confidentiality.choices,
        widget=forms.RadioSelect,
    )
    confidential_until = DateField(
        label=_("Confidential until"), help_text=_("Only if you chose “until a date”."), required=False
    )
    supervision_hours = IntegerField(
        label=_("Hours that the organisation gives to supervision"),
        help_text=_("In kind, for all of the students together."),
        required=False,
        least=1,
        most=10_000,
    )
    expenses = TextField(
        label=_("Expenses that the organisation pays"),
        help_text=_("Leave it empty if each party pays its own."),
        required=False,
        most=500,
    )
    compensation = TextField(
        label=_("Compensation"), help_text=_("Leave it empty if there is none."), required=False, most=500
    )
    other = TextField(label=_("What else is agreed"), required=False, most=2000, lines=True)

    def __init__(self, data: Any = None, *, agreement: Agreement | None = None, language: str = "nb") -> None:
        likely = {
            "language": language,
            "rights": Agreement.Rights.STUDENTS,
            "confidentiality": Agreement.Confidentiality.NONE,
        }
        super().__init__(data, initial={name: getattr(agreement, name) for name in TERMS} if agreement else likely)


class SendForm(AskingForm):
    """On which day the parties got the agreement, and to whom it is to be written now."""

    on = DateField(label=_("Date"))
    to: Any = RowsField(
        queryset=None,
        label=_("Send it as a letter to"),
        help_text=_("Those whose address is known. The agreement goes with it as a PDF."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, activity: Activity, **options: Any) -> None:
        super().__init__(*args, **options)
        known = Participation.objects.filter(activity=activity).exclude(person=None).exclude(person__email="")
        if not known.exists():
            del self.fields["to"]
            return
        field: Any = self.fields["to"]
        field.queryset = known.select_related("person").order_by("pk")
        field.label_from_instance = lambda part: f"{part.person} ({part.person.email})"


class SignatureForm(AskingForm):
    """Who has signed, and on which day; with the last one the copy that all have signed."""

    part: Any = forms.ModelChoiceField(
        queryset=None, label=_("Who has signed"), widget=forms.RadioSelect, empty_label=None
    )
    on = DateField(label=_("Date of the signature"))
    file = DocumentField(
        label=_("The signed copy"),
        help_text=_("PDF or picture with all the signatures. It is kept as documentation of the activity."),
        required=False,
    )

    def __init__(self, *args: Any, parts: dict[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(parts) > 1:
            del self.fields["file"]
        else:
            self.initial.update(part=next(iter(parts), None))
        field: Any = self.fields["part"]
        field.queryset = Participation.objects.filter(pk__in=parts)
        field.label_from_instance = lambda part: parts[part.pk]
