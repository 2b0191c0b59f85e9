"""What is missing before an edition can be put forward, as its composer reads it on the desk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.base.text import LANGUAGES
from samtall.figures.models import FigureVersion
from samtall.programmes.standing import Status
from samtall.publications.models import Block
from samtall.publications.published import Block as Frozen
from samtall.publications.published import Said
from samtall.publications.wording import SORTS, part_words

#: Sorts whose own words are the whole of them.
WRITTEN = ("heading", "text", "link")


@dataclass(frozen=True)
class Lack:
    """Something missing, in words, and the block that it is missing in."""

    text: str
    block: Block
    #: The newest version of its figure, where that is newer than the one chosen (R18).
    newer: int = 0


def lacks(blocks: Sequence[tuple[Block, Frozen]]) -> list[Lack]:
    """Everything missing in these blocks, each with how it would be frozen now, in their order."""
    newest, heading = _newest(block for block, _frozen in blocks), ""
    found: list[Lack] = []
    for block, frozen in blocks:
        heading = str(frozen.text) if block.sort == "heading" else heading
        found += _of(block, frozen, newest, heading)
    return found


def _newest(blocks: Iterator[Block]) -> dict[str, int]:
    slugs = {block.said["figure"] for block in blocks if block.sort == "figure"}
    versions = FigureVersion.objects.filter(figure__slug__in=slugs).values_list("figure__slug")
    return dict(versions.annotate(Max("number")))


def _of(block: Block, frozen: Frozen, newest: dict[str, int], heading: str) -> Iterator[Lack]:
    text = Said(block.said.get("text", {}))
    if block.sort in WRITTEN and not text:
        yield Lack(_("Nothing is written under “%(heading)s” yet.") % {"heading": heading or "–"}, block)
    elif text and (without := [one for one in LANGUAGES if not text.words.get(one)]):
        yield Lack(_without(block, text, without), block)
    if block.sort == "figure":
        yield from _of_figure(block, frozen, newest[block.said["figure"]])
    if block.sort == "part" and not (frozen.paragraphs or frozen.facts or frozen.phases):
        part = {"part": part_words(frozen.part)}
        yield Lack(_("%(part)s: the programme says nothing of it, so nothing is shown.") % part, block)
    if block.sort == "targets":
        yield from _of_targets(block, frozen)


def _without(block: Block, text: Said, without: Sequence[str]) -> str:
    names = {"nb": _("in bokmål"), "nn": _("in nynorsk"), "en": _("in English")}
    return _("%(what)s “%(text)s” is not there %(languages)s: it is shown %(instead)s instead.") % {
        "what": SORTS[block.sort],
        "text": _begun(str(text)),
        "languages": f" {_('or')} ".join(names[one] for one in without),
        "instead": names[text.language(without[0])],
    }


def _of_figure(block: Block, frozen: Frozen, newest: int) -> Iterator[Lack]:
    figure = frozen.figure
    if figure is None:
        return
    told = {"figure": figure.name, "version": figure.version, "newest": newest}
    if newest > figure.version:
        said = _("“%(figure)s” has a newer version: %(newest)s. This one is version %(version)s, and stays so.")
        yield Lack(said % told, block, newer=newest)
    if figure.whole.withheld:
        yield Lack(_("“%(figure)s” is not shown, for the sake of a few people.") % told, block)


def _of_targets(block: Block, frozen: Frozen) -> Iterator[Lack]:
    found = list(frozen.targets())
    untold = [one for one in found if one.status == Status.CANNOT_TELL.value]
    if not found:
        yield Lack(_("The programme has no targets, so nothing is shown."), block)
    if untold:
        said = ngettext(
            "%(number)d target has no status yet: %(names)s",
            "%(number)d targets have no status yet: %(names)s",
            len(untold),
        )
        yield Lack(said % {"number": len(untold), "names": "; ".join(str(one.text) for one in untold)}, block)


def _begun(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40].rstrip()} …"
