"""The personal data in a programme's milestones, and in the list of what has been changed."""

from samtall.base.personal import PUBLIC_TASK, Processing, Text
from samtall.base.text import Words

PROCESSING = (
    Processing(
        code="milestones",
        words=Words("Milepæler", "Milepælar", "Milestones"),
        purpose=Words(
            "Å vise hvem som har gjort det et mål krever, og når.",
            "Å vise kven som har gjort det eit mål krev, og når.",
            "To show who has done what a target needs, and when.",
        ),
        basis=PUBLIC_TASK,
        whose=Words("De som er nevnt der", "Dei som er nemnde der", "Those who are named there"),
        data=Words(
            "Hvem som gjorde det, og hva som viser det",
            "Kven som gjorde det, og kva som viser det",
            "Who did it, and what shows it",
        ),
        seen_by=Words("Alle: siden er åpen", "Alle: sida er open", "Everybody: the page is public"),
        kept=Words("Så lenge programmet er her.", "Så lenge programmet er her.", "As long as the programme is here."),
        fields={"programmes.Milestone": ("done_by", "evidence"), "programmes.Change": ("before", "after")},
        texts=(
            Text("programmes.Milestone", ("done_by", "evidence")),
            Text("programmes.Change", ("before", "after")),
        ),
    ),
)
