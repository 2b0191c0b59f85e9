"""The personal data in what is said of employers' baselines."""

from samtall.base.personal import PUBLIC_TASK, Processing, Text
from samtall.base.text import Words

PROCESSING = (
    Processing(
        code="baselines",
        words=Words("Arbeidsgivernes utgangspunkt", "Utgangspunkta til arbeidsgivarane", "Employers' baselines"),
        purpose=Words(
            "Å telle stillinger over det som var før innsatsen.",
            "Å telje stillingar over det som var før innsatsen.",
            "To count positions over what there was before the effort.",
        ),
        basis=PUBLIC_TASK,
        whose=Words("De som er nevnt som kilde", "Dei som er nemnde som kjelde", "Those named as the source"),
        data=Words("Hvem som talte", "Kven som talde", "Who counted"),
        seen_by=Words("De som har tilgang", "Dei som har tilgang", "Those who have access"),
        kept=Words(
            "Så lenge stillingene står i bøkene.",
            "Så lenge stillingane står i bøkene.",
            "As long as the positions stand in the books.",
        ),
        fields={"competence_job.Baseline": ("source",)},
        texts=(Text("competence_job.Baseline", ("source",)),),
    ),
)
