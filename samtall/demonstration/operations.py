"""Loading the demonstration."""

from dataclasses import dataclass
from datetime import datetime, time
from random import Random

from django.db import connection, transaction
from django.utils.translation import gettext as _

from samtall.activities.models import Activity
from samtall.base.errors import Refusal
from samtall.demonstration import knowledge
from samtall.demonstration.cast import Casting
from samtall.demonstration.coming_season import ComingSeason
from samtall.demonstration.diary import LAST_DAY, OSLO, Diary
from samtall.demonstration.difficulties import Difficulties
from samtall.demonstration.doubts import Doubts, suspect
from samtall.demonstration.everyday import Everyday
from samtall.demonstration.goals import Goals
from samtall.demonstration.inquiries import Inquiries
from samtall.demonstration.publications import Publications
from samtall.demonstration.schools import Schools
from samtall.ledger import queries as ledger
from samtall.parties.models import Organisation
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK

SEED = 2014
BEGINNING = datetime(2014, 1, 2, 9, tzinfo=OSLO)


class NotEmpty(Refusal):
    """The books hold something that is not the demonstration's."""


@dataclass(frozen=True)
class Loaded:
    organisations: int
    activities: int
    positions: int


def is_loaded() -> bool:
    return Organisation.objects.filter(demonstration=True).exists()


def load() -> Loaded:
    """Make up a region: the same one every time, told as it would have been from 2014 to 2018, all or nothing.

    Its times are its own, so it takes none. Where it is already, nothing is done. Raises NotEmpty when the books hold
    anything else: what is made up is never mixed with what is true.
    """
    if not is_loaded():
        if ledger.position():
            raise NotEmpty(
                _("There are entries in the ledger already. A demonstration needs a data folder of its own.")
            )
        with transaction.atomic():
            _tell()
            _let_the_database_look()
    return Loaded(Organisation.objects.filter(demonstration=True).count(), Activity.objects.count(), ledger.position())


def _let_the_database_look() -> None:
    """PostgreSQL plans by what it last saw, which is empty tables until it looks again by itself, minutes later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _tell() -> None:
    chance = Random(SEED)  # noqa: S311 (it makes up stories, not secrets)
    casting = Casting(chance, BEGINNING)
    cast = casting.cast()
    diary = Diary(cast.users["coordinator"], cast.users["validator"], chance)
    everyday = Everyday(diary, cast, casting, chance)
    everyday.write()
    difficulties = Difficulties(diary, cast, casting, everyday)
    difficulties.write()
    Doubts(diary, difficulties).write()
    ComingSeason(diary, cast, casting).write()
    Schools(diary, cast).write()
    knowledge.write(cast, BEGINNING)
    Inquiries(diary, cast, Random(SEED)).write()  # noqa: S311
    programme = programmes.load(MIDT_TELEMARK, by="system:demonstration", at=BEGINNING, demonstration=True)
    diary.happen()
    Goals(programme, diary.coordinator, Random(SEED), BEGINNING).write()  # noqa: S311
    Publications(programme, cast.users["programme_manager"], diary.validator).write()
    suspect(datetime.combine(LAST_DAY, time(16), tzinfo=OSLO))
