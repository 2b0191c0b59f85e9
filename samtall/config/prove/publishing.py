"""Editions with every figure of the catalogue, published for proofs."""

from collections.abc import Sequence
from datetime import datetime

from samtall.base.periods import Period
from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures.compiler import Grouping
from samtall.figures.models import FigureVersion
from samtall.figures.queries import latest_versions
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK
from samtall.programmes.models import Programme
from samtall.publications import operations
from samtall.publications.models import Block, Edition, Publication
from samtall.publications.verifying import faults_of

GROUPINGS = (Grouping.KIND, Grouping.MUNICIPALITY, Grouping.SECTOR)


def make_programme(*, at: datetime) -> Programme:
    figures.ensure_catalogue(by="system:proof", at=at)
    return programmes.load(MIDT_TELEMARK, by="system:proof", at=at)


def publish(
    programme: Programme,
    slug: str,
    period: Period,
    *,
    at: datetime,
    versions: Sequence[FigureVersion] | None = None,
    protection: str = Edition.Protection.ROUNDED,
) -> Edition:
    """An edition of a period with these figures, or the whole catalogue, each also in parts; approved by another."""
    said = {"starts": period.first, "ends": period.last, "by": "user:1", "at": at}
    standing = Publication.objects.filter(slug=slug).first()
    edition = (
        operations.begin_edition(standing, **said)  # type: ignore[arg-type]
        if standing
        else operations.begin(programme, slug, sort="report", title=Words(slug, slug, slug), **said)  # type: ignore[arg-type]
    )
    Edition.objects.filter(pk=edition.pk).update(protection=protection)
    edition.blocks.all().delete()
    Block.objects.bulk_create(
        Block(
            edition=edition,
            ordering=place,
            sort="figure",
            said={"figure": one.figure.slug, "version": one.number, "groupings": list(GROUPINGS), "text": {}},
        )
        for place, one in enumerate(versions or latest_versions(with_people=True), start=1)
    )
    operations.propose(edition, by="user:1", at=at)
    return operations.approve(edition, by="user:2", at=at)


def figures_in(editions: Sequence[Edition]) -> int:
    return sum(edition.frozen.count('"answers":') for edition in editions)


def faults(before: Sequence[Edition]) -> list[str]:
    """What is not as it was when these were published: to the byte, and when it is counted again."""
    found = []
    for was in before:
        now = Edition.objects.select_related("publication").get(pk=was.pk)
        if (now.frozen, now.checksum, now.checkpoint) != (was.frozen, was.checksum, was.checkpoint):
            found.append(f"{now.publication.slug}/{now.number}")
        found += [f"{now.publication.slug}/{now.number}: {fault}" for fault in faults_of(now)]
    return found
