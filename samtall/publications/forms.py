"""What a person may say of a publication and its editions."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.activities.forms import AskingForm
from samtall.base.text import LANGUAGES, Words
from samtall.figures.models import FigureVersion
from samtall.programmes.models import Programme
from samtall.publications.blocks import GROUPINGS, PARTS
from samtall.publications.models import Edition, Publication, ReadingLink
from samtall.publications.showing import grouping_words
from samtall.publications.wording import part_words
from samtall.ui.fields import DateField, TextField
from samtall.ui.writing import short_date

#: What addresses of pages are called, and publications cannot be.
TAKEN = ("ny", "katalog", "lenker")


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


class WhyForm(AskingForm):
    why = TextField(label=gettext_lazy("Why"), most=500, lines=True)


_LANGUAGES = {"nb": gettext_lazy("Bokmål"), "nn": gettext_lazy("Nynorsk"), "en": gettext_lazy("English")}
_HELP = {"nb": gettext_lazy("Bokmål or nynorsk is needed. Where a language is missing, another one is shown.")}
TEXTS = tuple(f"text_{language}" for language in LANGUAGES)


class FrameForm(EditionForm):
    """What surrounds the blocks of an edition: title, period, and how a few people are protected."""

    title_nb = TextField(label=gettext_lazy("Title, bokmål"), most=150)
    title_nn = TextField(label=gettext_lazy("Title, nynorsk"), most=150)
    title_en = TextField(label=gettext_lazy("Title, English"), most=150)
    protection = forms.ChoiceField(
        label=gettext_lazy("Numbers on people"),
        choices=Edition.Protection.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Rounded: every count is told, to the nearest five. Hidden: exact counts, but small ones are left out, and "
            "as few others as it takes for nobody to work them out. What awaits approval is then not told."
        ),
    )
    field_order = ["title_nb", "title_nn", "title_en", "starts", "ends", "protection"]

    @property
    def said(self) -> dict[str, Any]:
        told = self.cleaned_data
        title = Words(*(told[f"title_{language}"] for language in LANGUAGES))
        return {name: told[name] for name in ("starts", "ends", "protection")} | {"title": title}


class BlockForm(AskingForm):
    """What a block says. `revision` is the one that was read, so that two who write at once do not lose a word."""

    #: How long a text may be; without a number the sort has no text.
    most = 0
    lines = False
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, said: Mapping[str, Any], revision: int = 0) -> None:
        self.kept = said
        super().__init__(data, initial=self.initial_of(said) | {"revision": revision})
        if self.most:
            for language, label in _LANGUAGES.items():
                self.fields[f"text_{language}"] = TextField(
                    label=label,
                    most=self.most,
                    lines=self.lines,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 8, "lang": language})
                    if self.lines
                    else forms.TextInput(attrs={"lang": language}),
                )
                if not self.text_last:
                    self.fields[f"text_{language}"].help_text = _HELP.get(language, "")
                self.initial[f"text_{language}"] = said.get("text", {}).get(language, "")
            others = [name for name in self.fields if name not in TEXTS]
            self.order_fields([*others, *TEXTS] if self.text_last else [*TEXTS, *others])

    text_last = False

    def initial_of(self, said: Mapping[str, Any]) -> dict[str, Any]:
        return {name: said[name] for name in self.base_fields if name in said}

    @property
    def said(self) -> dict[str, Any]:
        """What the block says from now on."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in (*TEXTS, "revision")}
        if self.most:
            told["text"] = {language: self.cleaned_data[f"text_{language}"] for language in LANGUAGES}
        return told

    def take_up(self, revision: int) -> None:
        """Go on from what somebody else wrote meanwhile: saved once more, this stands instead."""
        data = cast("QueryDict", self.data).copy()
        data["revision"] = str(revision)
        self.data = data


class HeadingForm(BlockForm):
    most = 200
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level"),
        coerce=int,
        initial=2,
        choices=[(2, gettext_lazy("Chapter")), (3, gettext_lazy("Within a chapter"))],
    )


class ParagraphsForm(BlockForm):
    most = 20_000
    lines = True


class DocumentForm(BlockForm):
    most = 200
    url = TextField(label=gettext_lazy("Address"), most=1000, help_text=gettext_lazy("With https:// first."))


class PartForm(BlockForm):
    part = forms.ChoiceField(label=gettext_lazy("Which part"))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["part"].choices = [(one, part_words(one)) for one in PARTS]  # type: ignore[attr-defined]


class FigureForm(BlockForm):
    """How a figure stands in an edition. Which figure it is was chosen before."""

    most = 2000
    lines = True
    text_last = True
    version = forms.TypedChoiceField(label=gettext_lazy("Version"), coerce=int)
    groupings = forms.MultipleChoiceField(
        label=gettext_lazy("Divided"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, said: Mapping[str, Any], revision: int = 0) -> None:
        super().__init__(data, said=said, revision=revision)
        versions = FigureVersion.objects.filter(figure__slug=said["figure"]).order_by("-number")
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (one.number, f"{one.number}: {Words.from_dict(one.name)}, {short_date(one.made_at)}") for one in versions
        ]
        self.fields["groupings"].choices = [(str(one), grouping_words(one)) for one in GROUPINGS]  # type: ignore[attr-defined]
        for language, label in _NOTES.items():
            self.fields[f"text_{language}"].label = label
            self.fields[f"text_{language}"].widget.attrs["rows"] = 3

    @property
    def said(self) -> dict[str, Any]:
        return super().said | {"figure": self.kept["figure"]}


_NOTES = {
    "nb": gettext_lazy("Note, bokmål"),
    "nn": gettext_lazy("Note, nynorsk"),
    "en": gettext_lazy("Note, English"),
}

#: The form of each sort of block.
BLOCK_FORMS: dict[str, type[BlockForm]] = {
    "heading": HeadingForm,
    "text": ParagraphsForm,
    "figure": FigureForm,
    "targets": BlockForm,
    "part": PartForm,
    "link": DocumentForm,
}


class CommentForm(AskingForm):
    text = TextField(label=gettext_lazy("What you want to say"), most=2000, lines=True)


class LinkForm(AskingForm):
    """To whom something may be read, what, how deep, and until when."""

    label = TextField(
        label=gettext_lazy("To whom"), most=150, help_text=gettext_lazy("Such as “Bø municipal council”.")
    )
    whole = forms.TypedChoiceField(
        label=gettext_lazy("What it opens"),
        coerce=lambda value: value == "publication",
        widget=forms.RadioSelect,
        initial="edition",
        choices=[
            ("edition", gettext_lazy("This edition")),
            ("publication", gettext_lazy("The latest edition, the next ones too")),
        ],
    )
    depth = forms.ChoiceField(
        label=gettext_lazy("How much"), widget=forms.RadioSelect, initial=ReadingLink.Depth.EDITION
    )
    ends = DateField(label=gettext_lazy("Last day"))

    def __init__(self, data: Any = None, *, people: bool, **options: Any) -> None:
        super().__init__(data, **options)
        depths = [one for one in ReadingLink.Depth.choices if people or one[0] != ReadingLink.Depth.EXACT]
        self.fields["depth"].choices = depths  # type: ignore[attr-defined]
