"""The personal data in publications: none is asked for, and what is published is not changed."""

from samtall.base.personal import PUBLIC_TASK, Processing, Text
from samtall.base.text import Words

PROCESSING = (
    Processing(
        code="publications",
        words=Words("Publikasjoner", "Publikasjonar", "Publications"),
        purpose=Words(
            "Å gjøre rede for hva et program har gjort.",
            "Å gjere greie for kva eit program har gjort.",
            "To account for what a programme has done.",
        ),
        basis=PUBLIC_TASK,
        whose=Words("De som er nevnt i en tekst", "Dei som er nemnde i ein tekst", "Those who are named in a text"),
        data=Words(
            "Det forfatterne skriver, kommentarer, og hvem en leselenke er gitt til. "
            "Tallene nevner ingen, og små antall personer er avrundet eller skjult.",
            "Det forfattarane skriv, kommentarar, og kven ei leselenke er gitt til. "
            "Tala nemner ingen, og små tal på personar er avrunda eller skjulte.",
            "What the authors write, comments, and to whom a reading link was given. "
            "Figures name nobody, and small counts of people are rounded or hidden.",
        ),
        seen_by=Words("Alle: det er publisert", "Alle: det er publisert", "Everybody: it is published"),
        kept=Words(
            "Så lenge publikasjonen er her. En utgave med navn som ikke skal stå, trekkes.",
            "Så lenge publikasjonen er her. Ei utgåve med namn som ikkje skal stå, blir trekt.",
            "As long as the publication is here. An edition with a name that must not stand is withdrawn.",
        ),
        fields={
            "publications.Edition": ("frozen",),
            "publications.Block": ("said",),
            "publications.Step": ("why",),
            "publications.Comment": ("text",),
            "publications.ReadingLink": ("label",),
        },
        # what is frozen is not searched: it was public, and stays to the byte (R19)
        texts=(
            Text("publications.Block", ("said",)),
            Text("publications.Step", ("why",)),
            Text("publications.Comment", ("text",)),
            Text("publications.ReadingLink", ("label",)),
        ),
    ),
)
