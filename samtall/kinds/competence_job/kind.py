"""A position that requires higher education: filled, lost or moved (R14).

A job is not something that parties do together, so R6 does not ask for an education party here.
"""

from samtall.activities.kind import Evidence, FactRole, Family, Field, FieldType, Kind, PartyType, Role
from samtall.base.text import Words
from samtall.kinds.competence_job.facts import baseline_too_late, job_facts
from samtall.ledger.facts import Side

EMPLOYER = Role(
    code="employer",
    words=Words(nb="Arbeidsgiver", nn="Arbeidsgivar", en="Employer"),
    side=Side.OUTSIDE,
    party=PartyType.ORGANISATION,
    required=True,
    quantity_unit="fte",
    headings=("Bedrift", "Virksomhet", "Verksemd", "Business"),
)

#: How far the programme contributed to a job (R14), the nearest first.
CONTRIBUTIONS = (
    ("direct", Words(nb="Direkte", nn="Direkte", en="Direct")),
    ("contributed", Words(nb="Medvirket", nn="Medverka", en="Contributed")),
    ("context", Words(nb="Sammenheng", nn="Samanheng", en="Context")),
)

KIND = Kind(
    code="competence_job",
    words=Words(nb="Kompetansearbeidsplass", nn="Kompetansearbeidsplass", en="Competence job"),
    words_many=Words(nb="Kompetansearbeidsplasser", nn="Kompetansearbeidsplassar", en="Competence jobs"),
    description=Words(
        nb=(
            "En stilling som krever høyere utdanning, regnet i årsverk og bekreftet av arbeidsgiveren. Datoen er dagen "
            "stillingen ble besatt eller falt bort. En stilling som flytter innenfor regionen, teller 0."
        ),
        nn=(
            "Ei stilling som krev høgare utdanning, rekna i årsverk og stadfesta av arbeidsgivaren. Datoen er dagen "
            "stillinga vart fylt eller fall bort. Ei stilling som flyttar innanfor regionen, tel 0."
        ),
        en=(
            "A position that requires higher education, in full-time equivalents and confirmed by the employer. The "
            "date is the day it was filled or lost. A position that moves within the region counts 0."
        ),
    ),
    minimum=Words(
        nb="Stillingen er besatt, og arbeidsgiverens utgangspunkt er datert før det.",
        nn="Stillinga er fylt, og utgangspunktet til arbeidsgivaren er datert før det.",
        en="The position is filled, and the employer's baseline is dated before that.",
    ),
    family=Family.JOB,
    roles=(EMPLOYER,),
    evidence=(Evidence.CONFIRMATION,),
    unit="fte",
    fields=(
        Field(
            code="change",
            words=Words(nb="Hva skjedde", nn="Kva skjedde", en="What happened"),
            type=FieldType.CHOICE,
            required=True,
            choices=(
                ("filled", Words(nb="Ny stilling besatt", nn="Ny stilling fylt", en="New position filled")),
                ("lost", Words(nb="Stilling falt bort", nn="Stilling fall bort", en="Position lost")),
                (
                    "moved",
                    Words(nb="Flyttet innenfor regionen", nn="Flytta innanfor regionen", en="Moved within the region"),
                ),
            ),
            headings=("Endring", "Change"),
        ),
        Field(
            code="contribution",
            words=Words(nb="Programmets bidrag", nn="Bidraget frå programmet", en="The programme's contribution"),
            type=FieldType.CHOICE,
            required=True,
            choices=CONTRIBUTIONS,
            headings=("Bidrag", "Contribution"),
        ),
        Field(
            code="baseline_on",
            words=Words(nb="Utgangspunkt datert", nn="Utgangspunkt datert", en="Baseline dated"),
            type=FieldType.DATE,
            required=True,
            help=Words(
                nb="Dagen arbeidsgiverens stillinger ble talt før innsatsen begynte.",
                nn="Dagen stillingane hos arbeidsgivaren vart talde før innsatsen byrja.",
                en="The day the employer's positions were counted, before the effort began.",
            ),
            headings=("Nullpunkt", "Baseline"),
        ),
    ),
    fact_roles=(
        FactRole("filled", Words(nb="Besatt stilling", nn="Fylt stilling", en="Filled position")),
        FactRole("lost", Words(nb="Stilling falt bort", nn="Stilling fall bort", en="Lost position")),
        FactRole("moved", Words(nb="Flyttet stilling", nn="Flytta stilling", en="Moved position")),
    ),
    shortfall=baseline_too_late,
    facts=job_facts,
    together=False,
    headings=("Kunnskapsarbeidsplass", "Knowledge job", "Stilling", "Årsverk"),
)
