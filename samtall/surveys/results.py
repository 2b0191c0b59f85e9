"""What a survey has shown: per question and closed round, with intervals, and nothing of fewer than five answers (R20).

A round is told of only when it has closed: two looks at one that is open would tell what came in between.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from samtall.surveys.models import Answer, Question, Round, Survey
from samtall.surveys.statistics import Estimate, difference_of_means, difference_of_shares, mean, wilson

#: The fewest answers that are told of, in all and in each cell.
LEAST = 5


@dataclass(frozen=True)
class Told:
    """What one question was answered in one round.

    `estimate` is a mean (scale) or a share (yes or no), None where it is kept back. `cells` has how many gave each
    answer, None where that is kept back; it is empty when all are.
    """

    round: Round
    question: Question
    count: int
    estimate: Estimate | None
    cells: tuple[int | None, ...]
    values: tuple[int, ...]

    @property
    def enough(self) -> bool:
        return self.count >= LEAST


def results(survey: Survey) -> dict[int, list[Told]]:
    """By question, what each closed round was answered, oldest first; two queries. Texts are not here."""
    rounds = [one for one in survey.rounds.all() if one.closed_at]
    questions = [one for one in survey.questions.all() if one.sort != Question.Sort.TEXT]
    return _told(questions, rounds)


def results_of(question: Question) -> list[Told]:
    """What each closed round of its survey answered a question, oldest first."""
    rounds = list(question.survey.rounds.exclude(closed_at=None))
    return _told([question], rounds)[question.pk]


def _told(questions: Sequence[Question], rounds: Sequence[Round]) -> dict[int, list[Told]]:
    given: dict[tuple[int, int], list[int]] = {}
    answers = Answer.objects.filter(round__in=rounds, question__in=questions, number__isnull=False)
    for question, round_, number in answers.values_list("question_id", "round_id", "number"):
        given.setdefault((question, round_), []).append(number or 0)
    return {
        question.pk: [told(question, one, given.get((question.pk, one.pk), [])) for one in rounds]
        for question in questions
    }


def told(question: Question, round_: Round, values: Sequence[int]) -> Told:
    """What may be told of the answers to a question."""
    counts = [Counter(values)[place] for place in _places(question)]
    cells = kept_back(counts)
    estimate = None
    if len(values) >= LEAST:
        if question.sort == Question.Sort.SCALE:
            estimate = mean(values)
            # a mean beside some of the cells would tell the others
            cells = tuple(counts) if None not in cells else ()
        elif question.sort == Question.Sort.YES_NO and None not in cells:
            estimate = wilson(counts[1], len(values))
    return Told(round_, question, len(values), estimate, cells if len(values) >= LEAST else (), tuple(values))


def _places(question: Question) -> range:
    """The numbers that an answer can be."""
    if question.sort == Question.Sort.SCALE:
        return range(1, 6)
    return range(2) if question.sort == Question.Sort.YES_NO else range(len(question.choices))


def kept_back(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Counts with those of 1–4 kept back, and with others until what is kept back cannot be told from the sum (R20)."""
    hidden = {place for place, count in enumerate(counts) if 0 < count < LEAST}
    if not hidden:
        return tuple(counts)
    others = sorted((count, place) for place, count in enumerate(counts) if count >= LEAST)
    while others and (len(hidden) < 2 or sum(counts[place] for place in hidden) < LEAST):
        hidden.add(others.pop(0)[1])
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def difference(before: Told, after: Told) -> Estimate | None:
    """How much has changed from one round to another; None where either is kept back."""
    if before.estimate is None or after.estimate is None:
        return None
    if after.question.sort == Question.Sort.SCALE:
        return difference_of_means(before.values, after.values)
    return difference_of_shares((sum(before.values), before.count), (sum(after.values), after.count))
