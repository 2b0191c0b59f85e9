"""A survey as a file tells it: its name and its questions. Rounds and answers are no part of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samtall.base.declarations import Table, UnreadableDeclaration
from samtall.base.text import LANGUAGES, Words
from samtall.surveys.models import Question, Survey


@dataclass(frozen=True)
class QuestionText:
    sort: str
    text: Words
    choices: tuple[Words, ...]


@dataclass(frozen=True)
class SurveyText:
    slug: str
    name: Words
    intro: Words
    questions: tuple[QuestionText, ...]


def survey_of(table: Table) -> SurveyText:
    """The survey that a declaration tells of. Raises UnreadableDeclaration."""
    return SurveyText(
        slug=table.get("slug", str),
        name=table.words("name"),
        intro=table.words_or_none("intro") or NOTHING,
        questions=tuple(map(_question, table.tables("questions"))),
    )


NOTHING = Words(*("" for _language in LANGUAGES))


def _question(table: Table) -> QuestionText:
    sort = table.get("sort", str)
    if sort not in Question.Sort.values:
        raise UnreadableDeclaration(
            _("“%(name)s” in %(where)s is none of: %(values)s.")
            % {"name": "sort", "where": table.where, "values": ", ".join(Question.Sort.values)}
        )
    return QuestionText(sort, table.words("text"), tuple(row.words() for row in table.tables("choices")))


def text_of_survey(survey: Survey) -> SurveyText:
    """A survey as its file would tell it."""
    return SurveyText(
        survey.slug,
        Words.from_dict(survey.name),
        Words.from_dict(survey.intro) if survey.intro else NOTHING,
        tuple(
            QuestionText(one.sort, Words.from_dict(one.text), tuple(map(Words.from_dict, one.choices)))
            for one in survey.questions.all()
        ),
    )
