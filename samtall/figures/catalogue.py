"""The figures every installation begins with. Their words are three-language; what they count is a definition."""

from dataclasses import dataclass

from samtall.base.text import Words
from samtall.figures.definitions import EDUCATION, OUTSIDE, Definition, Identity, Party, Rule, Unit
from samtall.ledger.facts import INQUIRY, Outcome

#: Families of kinds (see the catalogue of kinds): work between education and outside parties.
_COLLABORATIONS = ("student", "contact")


@dataclass(frozen=True)
class Standard:
    slug: str
    name: Words
    definition: Definition
    public: bool = True


#: How far those came who asked by the contact form: organisations by how far they had come, of those who asked in the
#: period. Inquiries are no collaborations, and no other figure counts them (R6).
_FROM_INQUIRY_TO_COLLABORATION = tuple(
    Standard(
        slug,
        words,
        Definition(
            unit=Unit.ORGANISATIONS,
            party=Party.ORGANISATION,
            sides=OUTSIDE,
            families=(INQUIRY,),
            roles=(role,),
            rule=Rule.NEW,
        ),
    )
    for slug, role, words in (
        (
            "organisations-that-asked",
            "asked",
            Words("Virksomheter som har spurt", "Verksemder som har spurt", "Organisations that asked"),
        ),
        (
            "organisations-that-got-an-answer",
            "answered",
            Words("Virksomheter som fikk svar", "Verksemder som fekk svar", "Organisations that got an answer"),
        ),
        (
            "organisations-that-were-matched",
            "matched",
            Words(
                "Virksomheter som ble koblet med noen",
                "Verksemder som blei kopla med nokon",
                "Organisations that were matched with somebody",
            ),
        ),
        (
            "organisations-that-agreed",
            "agreed",
            Words("Virksomheter som ble enige", "Verksemder som blei samde", "Organisations that agreed"),
        ),
        (
            "organisations-from-inquiry-to-collaboration",
            "handed_over",
            Words(
                "Virksomheter som gikk fra spørsmål til samarbeid",
                "Verksemder som gjekk frå spørsmål til samarbeid",
                "Organisations that went from inquiry to collaboration",
            ),
        ),
    )
)

STANDARD: tuple[Standard, ...] = (
    Standard(
        "organisations-in-collaborations",
        Words("Virksomheter i samarbeid", "Verksemder i samarbeid", "Organisations in collaborations"),
        Definition(unit=Unit.ORGANISATIONS, party=Party.ORGANISATION, sides=OUTSIDE, families=_COLLABORATIONS),
    ),
    Standard(
        "organisations-in-collaborations-today",
        Words(
            "Virksomheter i samarbeid, slik de er i dag",
            "Verksemder i samarbeid, slik dei er i dag",
            "Organisations in collaborations, as they are today",
        ),
        Definition(
            unit=Unit.ORGANISATIONS,
            party=Party.ORGANISATION,
            sides=OUTSIDE,
            families=_COLLABORATIONS,
            identity=Identity.TODAY,
        ),
    ),
    Standard(
        "collaborations",
        Words("Samarbeid", "Samarbeid", "Collaborations"),
        Definition(unit=Unit.ACTIVITIES, party=Party.ORGANISATION, sides=EDUCATION, families=_COLLABORATIONS),
    ),
    Standard(
        "collaborations-new",
        Words("Nye samarbeid", "Nye samarbeid", "New collaborations"),
        Definition(
            unit=Unit.ACTIVITIES, party=Party.ORGANISATION, sides=EDUCATION, families=_COLLABORATIONS, rule=Rule.NEW
        ),
    ),
    Standard(
        "student-collaborations",
        Words("Studentsamarbeid", "Studentsamarbeid", "Student collaborations"),
        Definition(unit=Unit.ACTIVITIES, party=Party.ORGANISATION, sides=EDUCATION, families=("student",)),
    ),
    Standard(
        "student-collaborations-new",
        Words("Nye studentsamarbeid", "Nye studentsamarbeid", "New student collaborations"),
        Definition(
            unit=Unit.ACTIVITIES, party=Party.ORGANISATION, sides=EDUCATION, families=("student",), rule=Rule.NEW
        ),
    ),
    Standard(
        "student-collaborations-completed",
        Words("Fullførte studentsamarbeid", "Fullførte studentsamarbeid", "Completed student collaborations"),
        Definition(
            unit=Unit.ACTIVITIES, party=Party.ORGANISATION, sides=EDUCATION, families=("student",), rule=Rule.COMPLETED
        ),
    ),
    Standard(
        "businesses-on-courses",
        Words("Bedrifter på kurs", "Bedrifter på kurs", "Businesses on courses"),
        Definition(
            unit=Unit.ORGANISATIONS, party=Party.ORGANISATION, sides=OUTSIDE, families=("course",), roles=("business",)
        ),
    ),
    Standard(
        "businesses-on-courses-today",
        Words(
            "Bedrifter på kurs, slik de er i dag",
            "Bedrifter på kurs, slik dei er i dag",
            "Businesses on courses, as they are today",
        ),
        Definition(
            unit=Unit.ORGANISATIONS, sides=OUTSIDE, families=("course",), roles=("business",), identity=Identity.TODAY
        ),
    ),
    Standard(
        "people-on-courses",
        Words("Personer på kurs", "Personar på kurs", "People on courses"),
        Definition(unit=Unit.PEOPLE, families=("course",), roles=("participant",)),
        public=False,
    ),
    Standard(
        "learner-days",
        Words("Deltakerdager på kurs", "Deltakardagar på kurs", "Learner-days on courses"),
        Definition(unit=Unit.LEARNER_DAYS, families=("course",), roles=("participant",)),
    ),
    Standard(
        "no-shows",
        Words("Påmeldte som ikke møtte", "Påmelde som ikkje møtte", "Registered, did not attend"),
        Definition(unit=Unit.PEOPLE, families=("course",), roles=("participant",), outcomes=(Outcome.NO_SHOW,)),
        public=False,
    ),
    Standard(
        "organisations-in-any-activity",
        Words("Virksomheter i all aktivitet", "Verksemder i all aktivitet", "Organisations in any activity"),
        Definition(
            unit=Unit.ORGANISATIONS,
            party=Party.ORGANISATION,
            sides=OUTSIDE,
            families=(*_COLLABORATIONS, "course", "network"),
        ),
    ),
    Standard(
        "organisations-in-any-activity-today",
        Words(
            "Virksomheter i all aktivitet, slik de er i dag",
            "Verksemder i all aktivitet, slik dei er i dag",
            "Organisations in any activity, as they are today",
        ),
        Definition(
            unit=Unit.ORGANISATIONS,
            party=Party.ORGANISATION,
            sides=OUTSIDE,
            families=(*_COLLABORATIONS, "course", "network"),
            identity=Identity.TODAY,
        ),
    ),
    Standard(
        "networks",
        Words("Nettverk", "Nettverk", "Networks"),
        Definition(unit=Unit.ACTIVITIES, party=Party.ORGANISATION, sides=EDUCATION, families=("network",)),
    ),
    Standard(
        "network-businesses",
        Words("Virksomheter i nettverk", "Verksemder i nettverk", "Organisations in networks"),
        Definition(unit=Unit.ORGANISATIONS, party=Party.ORGANISATION, sides=OUTSIDE, families=("network",)),
    ),
    Standard(
        "competence-jobs-net",
        Words("Kompetansearbeidsplasser, netto", "Kompetansearbeidsplassar, netto", "Competence jobs, net"),
        Definition(unit=Unit.FTE, rule=Rule.NEW, families=("job",), roles=("filled", "lost")),
    ),
    Standard(
        "competence-jobs-gross",
        Words("Kompetansearbeidsplasser, brutto", "Kompetansearbeidsplassar, brutto", "Competence jobs, gross"),
        Definition(unit=Unit.FTE, rule=Rule.NEW, families=("job",), roles=("filled",)),
    ),
    Standard(
        "not-completed",
        Words("Startet, ikke fullført", "Starta, ikkje fullført", "Started, not completed"),
        Definition(
            unit=Unit.ACTIVITIES,
            party=Party.ORGANISATION,
            sides=EDUCATION,
            families=_COLLABORATIONS,
            outcomes=(Outcome.DROPPED_OUT,),
        ),
    ),
    *_FROM_INQUIRY_TO_COLLABORATION,
)
