"""What needs the reader now, for each role: what is late, what waits, what has slipped, what has stopped."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import is_valid_path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.accounts import waiting
from samtall.accounts.models import User
from samtall.accounts.policy import Visitor, may, may_somewhere
from samtall.accounts.waiting import Task
from samtall.activities import queries as activities
from samtall.activities.models import Activity
from samtall.base import backups, heartbeat
from samtall.base.text import Words
from samtall.confirmations import queries as confirmations
from samtall.home import exceptions
from samtall.home.front import ShownProgramme
from samtall.inquiries import queries as inquiries
from samtall.inquiries.states import OPEN
from samtall.mail import queries as mail
from samtall.mail.models import Letter
from samtall.parties.queries import register_age
from samtall.programmes.showing import ShownTarget, shown_targets
from samtall.publications import queries as publications
from samtall.publications.models import Edition
from samtall.ui.frame import Link
from samtall.ui.writing import number, short_date

#: How many things are named under a task.
MOST_NAMED = 3
#: What is compared with what it was so long ago.
LATELY = timedelta(days=7)
#: From how many days on a copy of the database, and the register, are too old.
OLD_BACKUP, OLD_REGISTER = 2, 60
#: The page of those who see what is about themselves and their own organisation.
MY_PAGE = "/min-side/"


def tasks(user: Visitor, at: datetime, shown: Sequence[ShownProgramme]) -> list[Task]:
    """What needs this reader, most pressing first. `shown` are the programmes as they stand on the same page."""
    if not user.is_authenticated:
        return []
    today = timezone.localdate(at)
    counted = [*_of_inquiries(user, today), *_of_activities(user, today), *_of_organisations(user, today)]
    found = [Task(sentence % {"number": count}, url) for count, sentence, url in counted if count]
    return [
        *_of_server(user, at),
        *_to_validate(user),
        *found,
        *waiting.told(user, at),
        *_of_publications(user),
        *_of_programmes(user, at, shown),
        *_of_oneself(user),
    ]


#: How many, in which words, and where they are.
Counted = Iterator[tuple[int, str, str]]


def _of_inquiries(user: Visitor, today: date) -> Counted:
    every, address = inquiries.visible_to(user, "inquiries.handle"), reverse("inquiries")
    late = every.filter(inquiries.late(today)).count()
    yield (
        late,
        ngettext("%(number)d inquiry is answered too late", "%(number)d inquiries are answered too late", late),
        f"{address}?forsinket=on",
    )
    unassigned = every.filter(state__in=OPEN, assignee=None).count()
    yield (
        unassigned,
        ngettext("%(number)d inquiry has nobody yet", "%(number)d inquiries have nobody yet", unassigned),
        f"{address}?hvem=nobody",
    )
    mine = every.filter(state__in=OPEN, assignee=user.pk).count()
    yield (
        mine,
        ngettext("You have %(number)d open inquiry", "You have %(number)d open inquiries", mine),
        f"{address}?hvem=mine",
    )


def _of_activities(user: Visitor, today: date) -> Counted:
    recorded = activities.visible_to(user, "activities.record")
    overdue = recorded.exclude(step=Activity.Step.WITHDRAWN).filter(
        Q(state=Activity.State.PLANNED, starts__lt=today) | Q(state=Activity.State.RUNNING, ends__lt=today)
    )
    late = overdue.count()
    yield (
        late,
        ngettext(
            "%(number)d activity should have started or ended by now",
            "%(number)d activities should have started or ended by now",
            late,
        ),
        reverse("seasons"),
    )
    objections = confirmations.not_right(user).count()
    yield (
        objections,
        ngettext(
            "%(number)d party says that something is not right",
            "%(number)d parties say that something is not right",
            objections,
        ),
        reverse("confirmations"),
    )
    drafts = activities.draft_count(user)
    yield (
        drafts,
        ngettext("%(number)d draft has not been submitted", "%(number)d drafts have not been submitted", drafts),
        f"{reverse('activities')}?step=draft",
    )


def _of_organisations(user: Visitor, today: date) -> Counted:
    if not may_somewhere(user, "activities.read"):
        return
    absent = exceptions.absent(exceptions.this_year(today), user).count()
    yield (
        absent,
        ngettext(
            "%(number)d organisation took part last year and is in nothing this year",
            "%(number)d organisations took part last year and are in nothing this year",
            absent,
        ),
        reverse("absent"),
    )


def _to_validate(user: Visitor) -> Iterator[Task]:
    """What waits for approval, the longest waiting named."""
    waiting = activities.waiting(user)
    count = waiting.count()
    if count:
        sentence = ngettext(
            "%(number)d activity waits for your approval", "%(number)d activities wait for your approval", count
        )
        oldest = [
            Link(reverse("activity", args=[one.pk]), f"{one.title} ({short_date(one.submitted_at)})")  # type: ignore[attr-defined]
            for one in waiting[:MOST_NAMED]
        ]
        yield Task(sentence % {"number": count}, reverse("validation"), oldest)


def _of_publications(user: Visitor) -> Iterator[Task]:
    """What waits for approval, what was sent back and why, and comments that nobody has settled."""
    for edition in publications.to_approve(user):
        sentence = _("“%(title)s” waits for your approval") % {"title": _title(edition)}
        yield Task(sentence, _page_of(edition, "edition-review"))
    for edition, why in publications.sent_back_to(user):
        desk = _page_of(edition, "edition-desk")
        yield Task(_("“%(title)s” was sent back to you") % {"title": _title(edition)}, desk, [Link(desk, why)])
    waiting = list(publications.comments_waiting(user))
    for edition in dict.fromkeys(one.edition for one in waiting):
        count = sum(one.edition == edition for one in waiting)
        sentence = ngettext(
            "%(number)d comment on “%(title)s” waits", "%(number)d comments on “%(title)s” wait", count
        ) % {"number": count, "title": _title(edition)}
        yield Task(sentence, _page_of(edition, "edition-desk") + "#kommentarer")


def _title(edition: Edition) -> str:
    return str(Words.from_dict(edition.publication.title))


def _page_of(edition: Edition, name: str) -> str:
    return reverse(name, args=[edition.publication.slug, edition.number])


def _of_programmes(user: Visitor, at: datetime, shown: Sequence[ShownProgramme]) -> Iterator[Task]:
    """Targets that lag behind their time, and those that have moved lately, for who changes programmes."""
    if not may(user, "programmes.change"):
        return
    today, people = timezone.localdate(at), may(user, "figures.people")
    for programme in shown:
        before = shown_targets(programme.programme, as_of=today - LATELY, with_people=people)
        yield from _of_targets(programme, before, today)


def _of_targets(programme: ShownProgramme, before: list[ShownTarget], today: date) -> Iterator[Task]:
    url, name, now = programme.url, programme.name, programme.targets
    behind = [one for one in now if _is_behind(one, today)]
    if behind:
        sentence = ngettext(
            "%(number)d target of %(programme)s is behind its time",
            "%(number)d targets of %(programme)s are behind their time",
            len(behind),
        )
        lines = [
            Link(url, _("%(target)s: %(percent)d %%") % {"target": one.text, "percent": one.percent}) for one in behind
        ]
        yield Task(sentence % {"number": len(behind), "programme": name}, url, lines)
    moved = [(new, old) for new, old in zip(now, before, strict=True) if new.done != old.done]
    if moved:
        sentence = ngettext(
            "%(number)d target of %(programme)s has moved in a week",
            "%(number)d targets of %(programme)s have moved in a week",
            len(moved),
        )
        lines = [
            Link(url, _("%(target)s: from %(old)s to %(new)s") % {
                "target": new.text, "old": number(old.figure.result.value), "new": number(new.figure.result.value)
            })
            for new, old in moved
        ]  # fmt: skip
        yield Task(sentence % {"number": len(moved), "programme": name}, url, lines)


def _is_behind(target: ShownTarget, today: date) -> bool:
    """Whether less of the way is done than of the time."""
    if target.value is None or target.reached:
        return False
    whole = max((target.deadline - target.since).days, 1)
    gone = min(max((today - target.since).days, 0), whole)
    return target.done / target.whole < gone / whole


def _of_server(user: Visitor, at: datetime) -> Iterator[Task]:
    """What has stopped or grown old, for who runs the installation."""
    if not may(user, "accounts.manage"):
        return
    if User.objects.count() == 1:
        yield Task(_("You are alone here so far: invite the others"), reverse("users"))
    if not heartbeat.worker_runs(at=at):
        yield Task(_("Nothing is done in the background: no worker runs"))
    stuck = mail.letters().filter(state=Letter.State.WAITING, due_at__lt=at - timedelta(hours=1)).count()
    if stuck:
        sentence = ngettext(
            "%(number)d letter has waited for more than an hour to be sent",
            "%(number)d letters have waited for more than an hour to be sent",
            stuck,
        )
        yield Task(sentence % {"number": stuck})
    failed = (
        mail.letters()
        .filter(state__in=(Letter.State.FAILED, Letter.State.RETURNED), written_at__gte=at - LATELY)
        .count()
    )
    if failed:
        sentence = ngettext(
            "%(number)d letter of the last week did not arrive",
            "%(number)d letters of the last week did not arrive",
            failed,
        )
        yield Task(sentence % {"number": failed})
    yield from _of_age(at)


def _of_age(at: datetime) -> Iterator[Task]:
    days = backups.days_since(at=at)
    if days is None:
        yield Task(_("No copy of the database has been made here"))
    elif days >= OLD_BACKUP:
        yield Task(_("The last copy of the database is %(number)d days old") % {"number": days})
    ages = register_age()
    if not ages:
        yield Task(_("The business register is not loaded"))
    elif (old := (timezone.localdate(at) - min(age.read_on for age in ages)).days) >= OLD_REGISTER:
        yield Task(_("The business register was read %(number)d days ago") % {"number": old})


def _of_oneself(user: Visitor) -> Iterator[Task]:
    """The way to one's own cases and collaborations."""
    if may_somewhere(user, "mine.read") and is_valid_path(MY_PAGE):
        yield Task(_("Your cases and collaborations"), MY_PAGE)
