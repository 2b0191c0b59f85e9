"""What one edition says that another does not: block by block, figure by figure, in words and numbers.

Blocks are the same when they tell of the same: a figure, a part, the targets, a heading with the same words, a text by
which place it has under its heading.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from samtall.base.text import LANGUAGES
from samtall.publications.models import Edition
from samtall.publications.published import Answer, Block, Figure, Published, Said, Target
from samtall.publications.showing import grouping_words, plain
from samtall.publications.wording import SORTS, part_words
from samtall.ui.writing import number, short_date

Key = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One thing that differs: what it is about, how it was and how it is; empty where there was or is nothing."""

    about: str
    before: str
    now: str
    remark: str = ""


def differences(before: Published, now: Published) -> list[Difference]:
    """Everything that differs, in the order of the later one; what is gone comes last."""
    return [*_of_frame(before, now), *_of_blocks(before.blocks, now.blocks), *_of_targets(before, now)]


def _of_frame(before: Published, now: Published) -> Iterator[Difference]:
    yield from _told(_("Title"), str(before.title), str(now.title))
    yield from _told(_("Period"), _period(before), _period(now))
    protections = dict(Edition.Protection.choices)
    yield from _told(_("Numbers on people"), str(protections[before.protection]), str(protections[now.protection]))


def _period(edition: Published) -> str:
    return f"{short_date(edition.period.first)}–{short_date(edition.period.last)}"


def _told(about: str, before: str, now: str, remark: str = "") -> Iterator[Difference]:
    if before != now or remark:
        yield Difference(about, before, now, remark)


# Blocks


def _of_blocks(before: Sequence[Block], now: Sequence[Block]) -> Iterator[Difference]:
    earlier, later = _keyed(before), _keyed(now)
    for key, block in later.items():
        if key in earlier:
            yield from _of_block(earlier[key], block)
        else:
            yield Difference(_about(block), "", _text(block) or _("new"))
    for key, block in earlier.items():
        if key not in later:
            yield Difference(_about(block), _text(block) or _("taken out"), "")
    if [key for key in earlier if key in later] != [key for key in later if key in earlier]:
        yield Difference(_("Order"), "", _("The blocks stand in another order."))


def _keyed(blocks: Sequence[Block]) -> dict[Key, Block]:
    """Blocks by what they tell of; of several that tell of the same, by which one of them it is."""
    found: dict[Key, Block] = {}
    met: Counter[Key] = Counter()
    heading = ""
    for block in blocks:
        if block.sort == "heading":
            heading = str(block.text)
        key = (block.sort, _identity(block, heading))
        met[key] += 1
        found[(*key, str(met[key]))] = block
    return found


def _identity(block: Block, heading: str) -> str:
    if block.figure:
        return block.figure.slug
    return {"part": block.part, "link": block.url, "heading": heading, "text": heading}.get(block.sort, "")


def _about(block: Block) -> str:
    if block.figure:
        return str(block.figure.name)
    if block.sort == "part":
        return part_words(block.part)
    return str(SORTS[block.sort])


def _of_block(before: Block, now: Block) -> Iterator[Difference]:
    if before.figure and now.figure:
        yield from _of_figure(before.figure, now.figure)
    for language in LANGUAGES:
        if (one := _text(before, language)) != (other := _text(now, language)):
            yield Difference(f"{_about(now)} ({language})", one, other)


def _text(block: Block, language: str = "") -> str:
    """What a block says in words, in a language or in the reader's."""

    def said(text: Said) -> str:
        return text.words.get(language, "") if language else str(text)

    told = [*([block.text] if block.sort != "text" else []), *block.paragraphs]
    told += [one for pair in block.facts for one in pair] + [name for name, _first, _last in block.phases]
    return "\n\n".join(filter(None, (said(one) for one in told)))


# Figures


def _of_figure(before: Figure, now: Figure) -> Iterator[Difference]:
    remarks = []
    if before.version != now.version:
        remarks.append(_("counted by version %(now)s, not %(before)s") % {"now": now.version, "before": before.version})
    if before.kept["groupings"] != now.kept["groupings"]:
        divided = ", ".join(grouping_words(one) for one in now.kept["groupings"])
        remarks.append(_("divided: %(how)s") % {"how": divided or _("not")})
    if before.period != now.period:
        remarks.append(_("of another period"))
    yield from _told(str(now.name), _value(before), _value(now), ", ".join([*_change(before, now), *remarks]))


def _change(before: Figure, now: Figure) -> list[str]:
    earlier, later = before.whole.exact, now.whole.exact
    if earlier is None or later is None or earlier == later:
        return []
    change: Decimal = later - earlier
    amount = {"number": number(plain(abs(change)))}
    return [_("%(number)s more") % amount if change > 0 else _("%(number)s fewer") % amount]


def _value(figure: Figure) -> str:
    return f"{_number(figure.whole)} {figure.unit}, {figure.period.label}"


def _number(answer: Answer) -> str:
    return _("hidden") if answer.withheld else number(plain(answer.exact))


# Targets


def _of_targets(before: Published, now: Published) -> Iterator[Difference]:
    earlier = {one.slug: one for one in _targets(before)}
    for target in _targets(now):
        was = earlier.get(target.slug)
        if was is not None:
            yield from _told(str(target.text), _standing(was), _standing(target))
        else:
            yield Difference(str(target.text), "", _standing(target))


def _targets(edition: Published) -> Iterator[Target]:
    for block in edition.blocks:
        yield from block.targets()


def _standing(target: Target) -> str:
    status = str(target.status_words)
    return f"{status}, {_value(target.figure)}" if target.figure else status
