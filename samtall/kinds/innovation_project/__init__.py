"""A team of students from several subjects works on a client's challenge through a season (as Demola does)."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind
from samtall.activities.minimum import all_students_left
from samtall.activities.roles import CLIENT, INSTITUTION, STUDENT
from samtall.base.text import Words

KIND = Kind(
    code="innovation_project",
    words=Words(nb="Innovasjonsprosjekt", nn="Innovasjonsprosjekt", en="Innovation project"),
    words_many=Words(nb="Innovasjonsprosjekter", nn="Innovasjonsprosjekt", en="Innovation projects"),
    description=Words(
        nb=(
            "Et lag av studenter fra flere fag arbeider med en utfordring fra en oppdragsgiver gjennom en sesong, slik "
            "Demola gjør. Resultatet tilhører laget, og oppdragsgiveren kan lisensiere eller kjøpe det."
        ),
        nn=(
            "Eit lag av studentar frå fleire fag arbeider med ei utfordring frå ein oppdragsgivar gjennom ein sesong, "
            "slik Demola gjer. Resultatet høyrer til laget, og oppdragsgivaren kan lisensiere eller kjøpe det."
        ),
        en=(
            "A team of students from several subjects works on a client's challenge through a season, as Demola does. "
            "The result belongs to the team, and the client may license or buy it."
        ),
    ),
    minimum=Words(
        nb="Laget har begynt, og ikke alle studentene har sluttet.",
        nn="Laget har byrja, og ikkje alle studentane har slutta.",
        en="The team has started, and not all of the students have left.",
    ),
    family=Family.STUDENT,
    roles=(CLIENT, INSTITUTION, STUDENT),
    evidence=(Evidence.AGREEMENT, Evidence.CONFIRMATION, Evidence.MINUTES),
    fields=(
        Field(
            code="challenge",
            words=Words(nb="Utfordring", nn="Utfordring", en="Challenge"),
            type=FieldType.TEXT,
            help=Words(
                nb="Hva laget skal finne ut av, i én setning.",
                nn="Kva laget skal finne ut av, i éi setning.",
                en="What the team is to find out, in one sentence.",
            ),
            headings=("Case", "Oppgave", "Oppgåve"),
        ),
        Field(
            code="licence",
            words=Words(nb="Lisens", nn="Lisens", en="Licence"),
            type=FieldType.CHOICE,
            help=Words(
                nb="Hva oppdragsgiveren valgte å gjøre med resultatet.",
                nn="Kva oppdragsgivaren valde å gjere med resultatet.",
                en="What the client chose to do with the result.",
            ),
            choices=(
                ("none", Words(nb="Ingen", nn="Ingen", en="None")),
                ("option", Words(nb="Opsjon", nn="Opsjon", en="Option")),
                ("licensed", Words(nb="Lisensiert", nn="Lisensiert", en="Licensed")),
                ("bought", Words(nb="Kjøpt", nn="Kjøpt", en="Bought")),
            ),
        ),
    ),
    shortfall=all_students_left,
    ends_required=True,
    headings=("Demola", "Demola-prosjekt", "Innovation"),
)
