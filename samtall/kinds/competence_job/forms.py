"""What a person may say of an employer's baseline."""

from django.utils.translation import gettext_lazy as _

from samtall.activities.forms import AskingForm
from samtall.ui.fields import DateField, DecimalField, TextField


class BaselineForm(AskingForm):
    on = DateField(label=_("Counted on"), help_text=_("A day before the effort began."))
    fte = DecimalField(
        label=_("Positions that require higher education"), help_text=_("In full-time equivalents, such as 12,5.")
    )
    source = TextField(
        label=_("Who counted, or where it is found"), help_text=_("Such as a letter from the employer."), most=300
    )
