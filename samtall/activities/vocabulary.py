"""The words of the codes that all kinds share: families, evidence, units, outcomes."""

from samtall.activities.kind import Evidence, Family
from samtall.base.text import Words
from samtall.ledger.facts import Outcome

FAMILIES = {
    Family.STUDENT: Words(nb="Studentsamarbeid", nn="Studentsamarbeid", en="Student collaborations"),
    Family.CONTACT: Words(nb="Kontakt med arbeidslivet", nn="Kontakt med arbeidslivet", en="Contact with working life"),
    Family.COURSE: Words(nb="Kurs", nn="Kurs", en="Courses"),
    Family.NETWORK: Words(nb="Nettverk", nn="Nettverk", en="Networks"),
    Family.JOB: Words(nb="Kompetansearbeidsplasser", nn="Kompetansearbeidsplassar", en="Competence jobs"),
}

EVIDENCE = {
    Evidence.AGREEMENT: Words(nb="Avtale", nn="Avtale", en="Agreement"),
    Evidence.ATTENDANCE_LIST: Words(nb="Deltakerliste", nn="Deltakarliste", en="Attendance list"),
    Evidence.CONFIRMATION: Words(nb="Bekreftelse", nn="Stadfesting", en="Confirmation"),
    Evidence.MINUTES: Words(nb="Referat", nn="Referat", en="Minutes"),
    Evidence.REGISTER_EXTRACT: Words(nb="Registerutskrift", nn="Registerutskrift", en="Register extract"),
}

UNITS = {
    "activity": Words(nb="aktiviteter", nn="aktivitetar", en="activities"),
    "hour": Words(nb="timer", nn="timar", en="hours"),
    "fte": Words(nb="årsverk", nn="årsverk", en="full-time equivalents"),
    "nok": Words(nb="kroner", nn="kroner", en="NOK"),
    "person": Words(nb="personer", nn="personar", en="people"),
}

OUTCOMES = {
    Outcome.ONGOING: Words(nb="Pågår", nn="Pågår", en="Ongoing"),
    Outcome.COMPLETED: Words(nb="Fullført", nn="Fullført", en="Completed"),
    Outcome.DROPPED_OUT: Words(nb="Startet, ikke fullført", nn="Starta, ikkje fullført", en="Started, not completed"),
    Outcome.NO_SHOW: Words(nb="Ikke møtt", nn="Ikkje møtt", en="No-show"),
    Outcome.INSUFFICIENT: Words(nb="Under minste innhold", nn="Under minste innhald", en="Below the minimum content"),
}
