"""What a person may say when they ask for a confirmation, and when they give one."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samtall.activities.forms import AskingForm
from samtall.activities.models import Participation
from samtall.confirmations.operations import LONGEST_TEXT
from samtall.ui.fields import DateField, EmailField, TextField


class AskForm(AskingForm):
    """Whom to ask, at which address, in which language, and when to remind them."""

    part: Any = forms.ModelChoiceField(
        queryset=None, label=_("Who is to confirm"), widget=forms.RadioSelect, empty_label=None
    )
    address = EmailField(
        label=_("E-mail address"),
        help_text=_("Leave it empty for a person whose address is known."),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
    due = DateField(label=_("Remind after"), help_text=_("They are reminded once."))

    def __init__(self, *args: Any, parts: dict[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["part"].queryset = Participation.objects.filter(pk__in=parts)  # type: ignore[attr-defined]
        self.fields["part"].label_from_instance = lambda part: parts[part.pk]  # type: ignore[attr-defined]


class NotRightForm(AskingForm):
    """What is not right, in words."""

    text = TextField(label=_("What is not right?"), most=LONGEST_TEXT, lines=True)
