"""What a person says of a region: its name, and which municipalities it has."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.activities.forms import AskingForm
from samtall.base.text import Words, for_address
from samtall.places import queries as places
from samtall.places.models import Region
from samtall.ui.fields import TextField


class RegionForm(AskingForm):
    """A region's name and municipalities, with one on each line."""

    name_nb = TextField(label=gettext_lazy("Name, bokmål"), most=100)
    name_nn = TextField(label=gettext_lazy("Name, nynorsk"), most=100)
    name_en = TextField(label=gettext_lazy("Name, English"), most=100)
    municipalities = TextField(
        label=gettext_lazy("Municipalities"),
        most=4_000,
        lines=True,
        help_text=gettext_lazy(
            "One on each line. A name takes with it those that have become part of it; a number is that one only."
        ),
    )

    def __init__(self, data: Any = None, *, region: Region | None = None, **options: Any) -> None:
        self.region = region
        super().__init__(data, initial=_said_of(region) if region else {}, **options)

    @property
    def name(self) -> Words:
        return Words(*(self.cleaned_data[f"name_{language}"] for language in ("nb", "nn", "en")))

    @property
    def slug(self) -> str:
        """The short name: the one it has, or one made from its name in bokmål."""
        return self.region.slug if self.region else for_address(self.cleaned_data["name_nb"], 50)

    def clean_municipalities(self) -> set[int]:
        meant = {line: places.municipalities_meant(line) for line in self.cleaned_data["municipalities"].splitlines()}
        unknown = [line for line, found in meant.items() if line.strip() and not found]
        if unknown:
            raise forms.ValidationError([_not_known(line) for line in unknown])
        return set().union(*meant.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.region and "name_nb" in cleaned:
            if not self.slug:
                self.add_error("name_nb", _("Write a name with letters from a to å in it."))
            elif Region.objects.filter(slug=self.slug).exists():
                self.add_error("name_nb", _("There is a region with this name already. Choose another name."))
        return cleaned


def _said_of(region: Region) -> dict[str, str]:
    lines = "\n".join(f"{one.code} {one.name}" for one in places.members_of(region))
    return {name: getattr(region, name) for name in ("name_nb", "name_nn", "name_en")} | {"municipalities": lines}


def _not_known(line: str) -> str:
    return _(
        "“%(line)s” is no municipality that we know, or more than one. Write its name or its four-digit number. "
        "Whoever runs Samtall fetches those of the whole country: samtall places fetch."
    ) % {"line": line[:100]}
