"""What can be asked of knowledge environments."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samtall.knowledge.matching import by_words
from samtall.knowledge.models import Environment
from samtall.places.queries import name_of_code

#: What else than words speaks for an environment, as parts of a telling word.
OF_THE_LEVEL, DOES_SUCH_WORK, NEAR = 0.5, 0.5, 0.3


@dataclass(frozen=True)
class Wish:
    """What somebody would like: in words, and as codes of kinds, levels and a municipality; each may be empty."""

    text: str
    kinds: Sequence[str] = ()
    levels: Sequence[str] = ()
    municipality: str = ""


@dataclass(frozen=True)
class Suggestion:
    """An environment that may fit, and the reasons in words."""

    environment: Environment
    reasons: list[str]
    score: float


def searched(text: str) -> list[Environment]:
    """Every environment, or those that know something of what is asked, best first."""
    every = list(Environment.objects.select_related("institution"))
    return [hit.thing for hit in by_words(every, text_of, text)] if text.strip() else every


def suggestions(wish: Wish, *, most: int = 5) -> list[Suggestion]:
    """The environments that fit a wish best; only those that share a word with it, for the rest is no reason alone."""
    found = []
    for hit in by_words(list(Environment.objects.select_related("institution")), text_of, wish.text):
        score, reasons = hit.score, [_("Knows about: %(words)s") % {"words": ", ".join(hit.words[:5])}]
        if hit.thing.level in wish.levels:
            score += OF_THE_LEVEL
            reasons.append(_("Level: %(level)s") % {"level": hit.thing.get_level_display()})
        if not set(wish.kinds).isdisjoint(hit.thing.kinds):
            score += DOES_SUCH_WORK
            reasons.append(_("Takes part in what is asked for"))
        if wish.municipality and wish.municipality in hit.thing.municipalities:
            score += NEAR
            reasons.append(_("Is in %(place)s") % {"place": name_of_code(wish.municipality) or wish.municipality})
        found.append(Suggestion(hit.thing, reasons, score))
    return sorted(found, key=lambda one: -one.score)[:most]


def text_of(environment: Environment) -> str:
    return " ".join([environment.name, *environment.subjects, environment.offers])
