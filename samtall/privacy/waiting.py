"""What waits for those who answer for data protection, and for those who have what somebody asks to have corrected."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from samtall.accounts.policy import Visitor, may
from samtall.accounts.waiting import Task
from samtall.privacy import queries


def tasks_of(reader: Visitor, at: datetime) -> Iterator[Task]:
    for count, sentence, url in _counted(reader, at):
        if count:
            yield Task(sentence % {"number": count}, url)


def _counted(reader: Visitor, at: datetime) -> Iterator[tuple[int, str, str]]:
    if may(reader, "privacy.manage"):
        yield from _of_desk(at)
    else:
        asked = len(queries.corrections_for(reader))
        yield (
            asked,
            ngettext(
                "%(number)d person asks you to correct something",
                "%(number)d people ask you to correct something",
                asked,
            ),
            reverse("corrections"),
        )


def _of_desk(at: datetime) -> Iterator[tuple[int, str, str]]:
    desk = reverse("privacy-desk")
    asked = queries.unanswered().count()
    yield (
        asked,
        ngettext(
            "%(number)d request for correction has no answer",
            "%(number)d requests for correction have no answer",
            asked,
        ),
        desk,
    )
    files = queries.files_to_look_into().count()
    yield (
        files,
        ngettext(
            "%(number)d file may name somebody who was erased",
            "%(number)d files may name somebody who was erased",
            files,
        ),
        desk,
    )
    due = sum(one.soon for one in queries.deadlines(at))
    yield (
        due,
        ngettext(
            "%(number)d thing is erased by itself within 30 days",
            "%(number)d things are erased by themselves within 30 days",
            due,
        ),
        desk,
    )
