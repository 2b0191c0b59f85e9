"""What a person may say of a publication and its editions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.activities.forms import AskingForm
from samtall.base.text import LANGUAGES, Words
from samtall.programmes.models import Programme
from samtall.publications.models import Edition, Publication
from samtall.ui.fields import DateField, TextField

#: What addresses of pages are called, and publications cannot be.
TAKEN = ("ny", "katalog")


class EditionForm(AskingForm):
    """The period of an edition."""

    starts = DateField(label=gettext_lazy("First day"))
    ends = DateField(label=gettext_lazy("Last day"))


class PublicationForm(EditionForm):
    """A new publication with its first edition."""

    sort = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Publication.Sort.choices)
    programme = forms.ModelChoiceField(label=gettext_lazy("Programme"), queryset=Programme.objects.all())
    title_nb = TextField(label=gettext_lazy("Title, bokmål"), most=150)
    title_nn = TextField(label=gettext_lazy("Title, nynorsk"), most=150)
    title_en = TextField(label=gettext_lazy("Title, English"), most=150)
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("Small letters a–z, digits and hyphens. It is permanent, so choose one that will last."),
        max_length=50,
    )
    field_order = ["sort", "programme", "title_nb", "title_nn", "title_en", "slug", "starts", "ends"]

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in TAKEN:
            raise forms.ValidationError(_("This address is taken by a page. Choose another."))
        return slug

    @property
    def said(self) -> dict[str, Any]:
        told = self.cleaned_data
        title = Words(*(told[f"title_{language}"] for language in LANGUAGES))
        return {name: told[name] for name in ("programme", "slug", "sort", "starts", "ends")} | {"title": title}


class ProtectionForm(AskingForm):
    """How counts of a few people are kept from being seen."""

    protection = forms.ChoiceField(label=gettext_lazy("Numbers on people"), choices=Edition.Protection.choices)


class WhyForm(AskingForm):
    why = TextField(label=gettext_lazy("Why"), most=500, lines=True)
