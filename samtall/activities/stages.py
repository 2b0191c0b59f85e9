"""Stages that many kinds share: a proposal, the academic supervisor's word, and what is said when it is over."""

from samtall.activities.kind import Stage, When
from samtall.activities.roles import SUPERVISOR
from samtall.base.text import Words

PROPOSED = Stage(
    code="proposed",
    words=Words(nb="Foreslått", nn="Føreslått", en="Proposed"),
    help=Words(
        nb="Et forslag teller ingen steder før arbeidet har begynt.",
        nn="Eit framlegg tel ingen stader før arbeidet har byrja.",
        en="A proposal counts nowhere until the work has started.",
    ),
    when=When.BEFORE,
)

APPROVED = Stage(
    code="approved",
    words=Words(nb="Faglig godkjent", nn="Fagleg godkjent", en="Academically approved"),
    help=Words(
        nb="Den faglige veilederen avgjør om forslaget egner seg. Uten et ja kan ikke arbeidet begynne.",
        nn="Den faglege rettleiaren avgjer om framlegget høver. Utan eit ja kan ikkje arbeidet byrje.",
        en="The academic supervisor decides whether the proposal is fit. Without a yes the work cannot start.",
    ),
    when=When.BEFORE,
    decided_by=SUPERVISOR.code,
)

RESULT = Stage(
    code="result",
    words=Words(nb="Resultat", nn="Resultat", en="Result"),
    help=Words(
        nb="Hva kom ut av det? Skriv det kort, uten navn på personer.",
        nn="Kva kom ut av det? Skriv det kort, utan namn på personar.",
        en="What came of it? Write it briefly, without names of people.",
    ),
    when=When.AFTER,
)

FEEDBACK_EDUCATION = Stage(
    code="feedback_education",
    words=Words(
        nb="Tilbakemelding fra utdanningen", nn="Tilbakemelding frå utdanninga", en="Feedback from the education side"
    ),
    help=Words(
        nb="Hva sier studentene og veilederen? Uten navn på personer.",
        nn="Kva seier studentane og rettleiaren? Utan namn på personar.",
        en="What do the students and the supervisor say? Without names of people.",
    ),
    when=When.AFTER,
)

FEEDBACK_OUTSIDE = Stage(
    code="feedback_outside",
    words=Words(
        nb="Tilbakemelding fra virksomheten", nn="Tilbakemelding frå verksemda", en="Feedback from the organisation"
    ),
    help=Words(
        nb="Hva sier virksomheten? Uten navn på personer.",
        nn="Kva seier verksemda? Utan namn på personar.",
        en="What does the organisation say? Without names of people.",
    ),
    when=When.AFTER,
)

FOLLOWED = Stage(
    code="followed",
    words=Words(nb="Det som fulgte", nn="Det som følgde", en="What followed"),
    help=Words(
        nb="En jobb, et nytt samarbeid eller noe annet. Vis til aktiviteten når den er registrert.",
        nn="Ein jobb, eit nytt samarbeid eller noko anna. Vis til aktiviteten når han er registrert.",
        en="A job, a new collaboration or something else. Point to the activity when it is recorded.",
    ),
    when=When.AFTER,
    links=True,
)

#: The life of student work.
STUDENT_WORK = (PROPOSED, APPROVED, RESULT, FEEDBACK_EDUCATION, FEEDBACK_OUTSIDE, FOLLOWED)
