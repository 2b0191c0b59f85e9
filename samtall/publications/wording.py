"""What blocks and their parts are called on the desk."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.figures.models import FigureVersion
from samtall.programmes.models import Paragraph
from samtall.programmes.showing import headings
from samtall.publications.models import Block
from samtall.publications.published import Said
from samtall.publications.showing import grouping_words

#: A text is told of by so many of its characters.
SHORT = 60

SORTS: dict[str, str | Promise] = {
    "heading": gettext_lazy("Heading"),
    "text": gettext_lazy("Text"),
    "figure": gettext_lazy("Figure"),
    "targets": gettext_lazy("Goals and targets"),
    "part": gettext_lazy("Part of the programme's page"),
    "link": gettext_lazy("Link to a document"),
}

#: What a block of each sort is for, where one chooses which to add.
ABOUT: dict[str, str | Promise] = {
    "heading": gettext_lazy("Begins a chapter."),
    "text": gettext_lazy("Your own words, in bokmål, nynorsk and English."),
    "figure": gettext_lazy("A number from the catalogue, counted and drawn, with its divisions."),
    "targets": gettext_lazy("The programme's goals with each target, its figure and how it stands."),
    "part": gettext_lazy("What the programme says of itself: lead, advice, example, facts."),
    "link": gettext_lazy("Something to read elsewhere."),
}


def part_words(part: str) -> str:
    """What a part of the programme's page is called."""
    others = {"lead": _("Lead"), "facts": _("Facts"), "phases": _("Phases")}
    return others[part] if part in others else str(headings()[Paragraph.Part(part)])


def name_of(block: Block) -> str:
    """A block in a few words: "Text: It has gone well …"."""
    sort, said = str(SORTS[block.sort]), block.said
    if block.sort == "part":
        return f"{sort}: {part_words(said['part'])}"
    if block.sort == "figure":
        version = FigureVersion.objects.filter(figure__slug=said["figure"], number=said["version"]).first()
        return f"{sort}: {Said(version.name)}" if version else sort
    text = Truncator(str(Said(said.get("text", {})))).chars(SHORT)
    return f"{sort}: {text}" if text else sort


def pairs(block: Block) -> Sequence[tuple[str, str]]:
    """All that a block says, as (what, text): what stands beside what somebody else wrote meanwhile."""
    said: dict[str, Any] = block.said
    languages = ((_("Bokmål"), "nb"), (_("Nynorsk"), "nn"), (_("English"), "en"))
    found = [(label, said.get("text", {}).get(code, "")) for label, code in languages]
    if block.sort == "heading":
        found.append((_("Level"), str(said["level"])))
    if block.sort == "link":
        found.append((_("Address"), said["url"]))
    if block.sort == "part":
        found.append((_("Part"), part_words(said["part"])))
    if block.sort == "figure":
        found.append((_("Version"), str(said["version"])))
        found.append((_("Divided"), ", ".join(grouping_words(one) for one in said.get("groupings", []))))
    return [(label, text) for label, text in found if text]
