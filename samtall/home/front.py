"""What the front page shows: what waits for the reader, and the programmes."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from samtall.accounts.policy import Visitor, may
from samtall.activities import queries as activities
from samtall.base.text import Words
from samtall.confirmations import queries as confirmations
from samtall.programmes import queries
from samtall.programmes.showing import ShownTarget, shown_targets


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
    if objections := confirmations.not_right(user).count():
        sentence = ngettext(
            "%(number)d party says that something is not right",
            "%(number)d parties say that something is not right",
            objections,
        )
        found.append(Task(sentence % {"number": objections}, reverse("confirmations")))
    if drafts := activities.draft_count(user):
        sentence = ngettext(
            "%(number)d draft has not been submitted", "%(number)d drafts have not been submitted", drafts
        )
        found.append(Task(sentence % {"number": drafts}, f"{reverse('activities')}?step=draft"))
    return found


@dataclass(frozen=True)
class ShownProgramme:
    """A programme, and its targets with the figures that measure them."""

    name: str
    lead: str
    years: str
    url: str
    targets: list[ShownTarget]


def programmes(user: Visitor) -> list[ShownProgramme]:
    """Every programme, the latest first."""
    return [
        ShownProgramme(
            name=str(Words.from_dict(programme.name)),
            lead=str(Words.from_dict(programme.lead)) if programme.lead else "",
            years=f"{programme.starts:%Y}–{programme.ends:%Y}",
            url=reverse("programme", args=[programme.slug]),
            targets=shown_targets(programme, with_people=may(user, "figures.people")),
        )
        for programme in queries.programmes()
    ]
