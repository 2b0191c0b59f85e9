"""What can be asked of surveys without asking for answers."""

import hashlib

from django.db.models import QuerySet

from samtall.surveys.models import Question, Round, Survey, Token


def surveys() -> QuerySet[Survey]:
    return Survey.objects.order_by("slug").prefetch_related("rounds")


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(token: str) -> Token | None:
    """What may be answered by what stands in a letter; None when its round is not open."""
    found = Token.objects.select_related("round__survey").filter(hash=hash_of(token)).first()
    return found if found and found.round.is_open else None


def measuring_questions() -> QuerySet[Question]:
    """The questions that a target can be tied to: those whose answers are a number."""
    measured = (Question.Sort.SCALE, Question.Sort.YES_NO)
    return Question.objects.filter(sort__in=measured).select_related("survey").order_by("survey__slug", "ordering")


def has_begun(survey: Survey) -> bool:
    """Whether a round has opened, so that the questions stand."""
    return Round.objects.filter(survey=survey).exclude(opened_at=None).exists()
