"""Whether publications are as they were published: unaltered, and following from the books as these stand now (R19)."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.ledger import checkpoints
from samtall.publications import reading
from samtall.publications.freezing import checksum, shown_before, written
from samtall.publications.models import Edition
from samtall.publications.queries import published
from samtall.publications.signing import extension


@dataclass
class Verdict:
    """What was counted again, and what was not as it was published."""

    editions: int = 0
    figures: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.faults


def verify(progress: Callable[[int], None] | None = None) -> Verdict:
    """Count every figure of every published edition again, and compare to the byte."""
    verdict = Verdict()
    for edition in published().iterator(chunk_size=20):
        verdict.editions += 1
        for fault in faults_of(edition, verdict):
            verdict.faults.append(f"{edition.publication.slug}/{edition.number}: {fault}")
        if progress:
            progress(verdict.figures)
    return verdict


def faults_of(edition: Edition, verdict: Verdict | None = None) -> Iterator[str]:
    """What is wrong with one edition; nothing when all is as it was published."""
    if checksum(edition.frozen) != edition.checksum:
        yield _("The text was changed: its checksum does not fit.")
        return
    yield from _faults_of_checkpoint(edition)
    document = json.loads(edition.frozen)
    if (document["position"], document["on"]) != (edition.position, str(edition.on)):
        yield _("The position in the books was changed.")
    for figure in document["figures"]:
        if verdict:
            verdict.figures += 1
        if written(again(edition, document, figure)) != written(figure["answers"]):
            yield _("%(figure)s is not what was published when it is counted again.") % {"figure": figure["key"]}


def _faults_of_checkpoint(edition: Edition) -> Iterator[str]:
    """Whether the signature holds, is of this text, and of books that still pass through where it was counted."""
    try:
        signed = checkpoints.read(edition.checkpoint)
    except Refusal as refusal:
        yield str(refusal)
        return
    yield from checkpoints.compare(signed)
    if signed.position != edition.position or signed.extensions != (extension(edition),):
        yield _("The checkpoint is of another text or another position.")


def again(edition: Edition, document: Mapping[str, Any], figure: Mapping[str, Any]) -> dict[str, Any]:
    """A figure's answers, counted now as of the document's position and day."""
    return reading.answers(
        figure,
        position=document["position"],
        on=date.fromisoformat(document["on"]),
        protection=document["protection"],
        earlier=shown_before(edition, document["beside"], figure),
    )
