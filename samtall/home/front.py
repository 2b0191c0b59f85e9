"""What the front page shows: what waits for the reader, and the programmes."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from samtall.accounts.policy import Visitor
from samtall.activities import queries as activities
from samtall.base.text import Words
from samtall.programmes.models import Programme


@dataclass(frozen=True)
class Task:
    """Something that waits for the reader."""

    sentence: str
    url: str


def tasks(user: Visitor) -> list[Task]:
    """What waits for this reader, most pressing first; nothing for those who are not signed in."""
    found = []
    if waiting := activities.waiting_count(user):
        sentence = ngettext(
            "%(number)d activity waits for your approval", "%(number)d activities wait for your approval", waiting
        )
        found.append(Task(sentence % {"number": waiting}, reverse("validation")))
    if drafts := activities.draft_count(user):
        sentence = ngettext(
            "%(number)d draft has not been submitted", "%(number)d drafts have not been submitted", drafts
        )
        found.append(Task(sentence % {"number": drafts}, f"{reverse('activities')}?steg=draft"))
    return found


@dataclass(frozen=True)
class ShownProgramme:
    """A programme with the texts of its targets."""

    name: str
    lead: str
    years: str
    url: str
    targets: list[str]


def programmes() -> list[ShownProgramme]:
    """Every programme, the newest first."""
    found = Programme.objects.order_by("-starts", "slug").prefetch_related("targets")
    return [
        ShownProgramme(
            name=str(Words.from_dict(programme.name)),
            lead=str(Words.from_dict(programme.lead)) if programme.lead else "",
            years=f"{programme.starts:%Y}–{programme.ends:%Y}",
            url=reverse("programme", args=[programme.slug]),
            targets=[str(Words.from_dict(target.text)) for target in programme.targets.all()],
        )
        for programme in found
    ]
