"""What can be done with surveys: write them, plan and open rounds, answer, close."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from random import SystemRandom
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.activities.refusals import Invalid
from samtall.base.erasing import empty_the_log
from samtall.base.errors import Refusal
from samtall.base.reading import Unreadable, read_email
from samtall.base.text import Words
from samtall.mail import operations as mail
from samtall.mail.models import Letter
from samtall.surveys.files import SurveyText
from samtall.surveys.models import Answer, Invitee, Question, Round, Survey, Token
from samtall.surveys.queries import has_begun, hash_of
from samtall.surveys.results import LEAST

MOST_INVITED = 1000


class Standing(Refusal):
    """A round has opened, and what was asked is not changed."""


class NotPlanned(Refusal):
    """The round is open or closed already."""


class NotOpen(Refusal):
    """The round is not open."""


def make(slug: str, *, name: Words, intro: Words | None = None, by: str, at: datetime) -> Survey:
    """A survey without questions yet. Raises Invalid when the name is taken."""
    if Survey.objects.filter(slug=slug).exists():
        raise Invalid({"name": _("There is a survey with this name already. Choose another name.")})
    words = intro.as_dict() if intro else {}
    return Survey.objects.create(slug=slug, name=name.as_dict(), intro=words, made_by=by, made_at=at)


def ensure(told: SurveyText, *, by: str, at: datetime) -> Survey:
    """Make the survey that a file tells of where it is missing; one that stands is left as it is."""
    if standing := Survey.objects.filter(slug=told.slug).first():
        return standing
    with transaction.atomic():
        intro = told.intro if any(told.intro.as_dict().values()) else None
        survey = make(told.slug, name=told.name, intro=intro, by=by, at=at)
        for question in told.questions:
            ask(survey, sort=question.sort, text=question.text, choices=question.choices)
    return survey


def describe(survey: Survey, *, name: Words, intro: Words | None) -> Survey:
    """Change what a survey is called and how it is introduced."""
    survey.name, survey.intro = name.as_dict(), intro.as_dict() if intro else {}
    survey.save(update_fields=["name", "intro"])
    return survey


def ask(survey: Survey, *, sort: str, text: Words, choices: Sequence[Words] = ()) -> Question:
    """Add a question at the end. Raises Standing, and Invalid for a choice between fewer than two answers."""
    with transaction.atomic():
        _refuse_begun(survey)
        if sort == Question.Sort.CHOICE and len(choices) < 2:
            raise Invalid({"choices": _("Write at least two answers to choose between, one a line.")})
        last = survey.questions.last()
        return Question.objects.create(
            survey=survey,
            ordering=last.ordering + 1 if last else 1,
            sort=sort,
            text=text.as_dict(),
            choices=[one.as_dict() for one in choices] if sort == Question.Sort.CHOICE else [],
        )


def take_back(question: Question) -> None:
    """Remove a question that has not been asked. Raises Standing."""
    with transaction.atomic():
        _refuse_begun(question.survey)
        question.delete()


def plan(
    survey: Survey, *, closes: date, reminds: date | None = None, language: str = "nb", by: str, at: datetime
) -> Round:
    """A round that can be invited to. Raises Invalid for days that have passed or come in the wrong order."""
    today = timezone.localdate(at)
    if closes <= today:
        raise Invalid({"closes": _("Choose a day that has not come yet.")})
    if reminds is not None and not today < reminds <= closes:
        raise Invalid({"reminds": _("The reminder must come after today and before the round closes.")})
    last = survey.rounds.last()
    return Round.objects.create(
        survey=survey,
        number=last.number + 1 if last else 1,
        closes=closes,
        reminds=reminds,
        language=language,
        by=by,
    )


def invite(round_: Round, addresses: Sequence[str]) -> int:
    """Add addresses to a round that has not opened; each once, however often it is written. How many are new.

    Raises Invalid with the line of what is no address.
    """
    read = []
    for line, address in enumerate(addresses, start=1):
        try:
            read.append(read_email(address).lower())
        except Unreadable as refusal:
            raise Invalid({"addresses": _("Line %(line)s: %(why)s") % {"line": line, "why": refusal}}) from refusal
    with transaction.atomic():
        _lock(round_)
        if round_.opened_at is not None:
            raise NotPlanned(_("The round has opened. Plan a new one to ask others."))
        standing = set(round_.invitees.values_list("address", flat=True))
        new = [address for address in dict.fromkeys(read) if address not in standing]
        if len(standing) + len(new) > MOST_INVITED:
            raise Invalid({"addresses": _("A round goes to at most %(most)s.") % {"most": MOST_INVITED}})
        Invitee.objects.bulk_create(Invitee(round=round_, address=address) for address in new)
    return len(new)


def open_round(round_: Round, *, by: str, at: datetime) -> Round:
    """Write to everybody who is invited, and the one reminder beforehand; from now on the questions stand.

    Each letter has a token of its own, of which a hash is kept, in shuffled order and beside no address. The reminder
    has the same token: it goes to all, for who has answered is not known. Raises NotPlanned, and Invalid when nothing
    is asked or fewer are invited than may be told of.
    """
    with transaction.atomic():
        _lock(round_)
        if round_.opened_at is not None:
            raise NotPlanned(_("The round has opened already."))
        if not round_.survey.questions.exists():
            raise Invalid({"questions": _("Write a question first.")})
        addresses = list(round_.invitees.values_list("address", flat=True))
        if len(addresses) < LEAST:
            raise Invalid(
                {"addresses": _("Invite at least %(least)s: the answers of fewer are never shown.") % {"least": LEAST}}
            )
        tokens = [secrets.token_urlsafe(24) for _address in addresses]
        shuffled = SystemRandom().sample(tokens, len(tokens))
        Token.objects.bulk_create(Token(hash=hash_of(token), round=round_) for token in shuffled)
        for address, token in zip(addresses, tokens, strict=True):
            _write(round_, address, token, "surveys/letters/invitation.txt", by=by, at=at)
        if round_.reminds is not None:
            morning = datetime.combine(round_.reminds, datetime.min.time().replace(hour=8))
            due = timezone.make_aware(morning)
            for address, token in zip(addresses, tokens, strict=True):
                _write(round_, address, token, "surveys/letters/reminder.txt", by=by, at=at, not_before=due)
        round_.invited, round_.opened_at = len(addresses), at
        round_.save(update_fields=["invited", "opened_at"])
    return round_


def answer(token: Token, said: Mapping[int, int | str]) -> bool:
    """Take in what somebody says, by question; whether it was taken. Sent again it changes nothing.

    Nothing that is kept ties the answers to the token or to each other.
    """
    with transaction.atomic():
        _lock(token.round)  # closing counts those who have answered, and ends all tokens
        # on its own columns only: PostgreSQL looks again at those, and not at others', when it has waited for somebody
        if not Token.objects.filter(pk=token.pk, used=False).update(used=True):
            return False
        _keep(token.round, said)
    return True


def close(round_: Round, *, at: datetime) -> Round:
    """End a round: tokens, addresses and letters are emptied, and the answers written anew in another order.

    What is left cannot be led back to anybody, also by who can read the database. Raises NotOpen.
    """
    with transaction.atomic():
        _lock(round_)
        if not round_.is_open:
            raise NotOpen(_("The round is not open."))
        round_.answered, round_.closed_at = round_.tokens.filter(used=True).count(), at
        round_.save(update_fields=["answered", "closed_at"])
        round_.tokens.all().delete()
        round_.invitees.all().delete()
        mail.empty_letters(list(Letter.objects.filter(about=round_.source).values_list("pk", flat=True)), at=at)
        answers = list(round_.answers.values("question_id", "number", "text"))
        round_.answers.all().delete()
        _create(round_, answers)
        transaction.on_commit(empty_the_log)
    return round_


def _keep(round_: Round, said: Mapping[int, int | str]) -> None:
    _create(
        round_,
        [
            {
                "question_id": question,
                "number": value if isinstance(value, int) else None,
                "text": value if isinstance(value, str) else "",
            }
            for question, value in said.items()
        ],
    )


def _create(round_: Round, answers: list[Any]) -> None:
    """Under new random keys, in shuffled order."""
    SystemRandom().shuffle(answers)
    Answer.objects.bulk_create(Answer(key=secrets.randbits(62), round=round_, **one) for one in answers)


def _write(
    round_: Round, address: str, token: str, template: str, *, by: str, at: datetime, not_before: datetime | None = None
) -> None:
    survey = round_.survey
    mail.write(
        to=address,
        language=round_.language,
        template=template,
        context={
            "name": Words.from_dict(survey.name).in_language(round_.language),
            "link": settings.ADDRESS + reverse("survey-answer", args=[token]),
            "closes": round_.closes,
        },
        purpose="survey",
        about=round_.source,
        not_before=not_before,
        by=by,
        at=at,
    )


def _refuse_begun(survey: Survey) -> None:
    if has_begun(survey):
        raise Standing(_("A round has opened, so the questions stand. Make a new survey to ask something else."))


def _lock(round_: Round) -> None:
    round_.refresh_from_db(from_queryset=Round.objects.select_for_update())
