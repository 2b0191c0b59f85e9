"""Knowledge environments at the made-up college and schools."""

from datetime import datetime

from samtall.demonstration.cast import BO, NOME, Cast
from samtall.knowledge.models import Environment

Level = Environment.Level
STUDENT_WORK = ["thesis", "student_project", "guest_lecture"]

#: Name, level, subjects, what it takes part in, what it offers.
AT_THE_COLLEGE = (
    ("Økonomi og ledelse", Level.BACHELOR, ["økonomi", "regnskap", "ledelse", "markedsføring"],
     [*STUDENT_WORK, "course"], "Oppgaver om drift, lønnsomhet og marked, og korte kurs i prosjektledelse."),
    ("Informatikk", Level.BACHELOR, ["IT", "programmering", "databaser", "lager", "regneark"],
     [*STUDENT_WORK, "innovation_project"], "Studenter lager prototyper og ser på hvordan systemer kan snakke sammen."),
    ("Natur, helse og miljø", Level.MASTER, ["miljø", "vann", "energi", "landbruk", "frukt", "epler"],
     STUDENT_WORK, "Målinger, analyser og livsløp for produkter, også ute hos dere."),
    ("Kultur og reiseliv", Level.BACHELOR, ["reiseliv", "gjester", "arrangement", "kultur", "idrett"],
     ["thesis", "innovation_project", "placement"], "Vi utvikler opplevelser og spør gjestene."),
    ("Lærerutdanning", Level.MASTER, ["skole", "barnehage", "pedagogikk"], ["placement", "thesis"],
     "Praksis i barnehage og skole, og masteroppgaver om læring."),
    ("Senter for energi i bygg", Level.RESEARCH, ["energi", "varme", "bygg", "ventilasjon"],
     ["thesis", "company_visit"], "Vi måler hvor varmen blir av, og regner på hva som lønner seg."),
)  # fmt: skip
AT_THE_SCHOOLS = (
    ("Helse- og oppvekstfag", ["helse", "omsorg", "barnehage"], ["placement"], "Elever i praksis hele skoleåret."),
    ("Teknologi- og industrifag", ["verksted", "sveising", "elektro", "teknikk"], ["placement", "company_visit"],
     "Vi kommer gjerne på bedriftsbesøk, og elevene søker læreplass."),
)  # fmt: skip


def write(cast: Cast, at: datetime) -> None:
    """Those of the college, and the same two at each school."""
    for number, (name, level, subjects, kinds, offers) in enumerate(AT_THE_COLLEGE, start=1):
        Environment.objects.create(
            slug=f"hogskolen-{number}",
            name=name,
            institution=cast.college,
            level=level,
            subjects=subjects,
            kinds=kinds,
            municipalities=[BO],
            offers=offers,
            contact_email=f"fag{number}@hogskolen.example",
            updated_at=at,
        )
    for place, school in zip((BO, NOME), cast.schools, strict=True):
        for number, (name, subjects, kinds, offers) in enumerate(AT_THE_SCHOOLS, start=1):
            Environment.objects.create(
                slug=f"skole-{place}-{number}",
                name=f"{name}, {school.name}",
                institution=school,
                level=Level.SCHOOL,
                subjects=subjects,
                kinds=kinds,
                municipalities=[place],
                offers=offers,
                updated_at=at,
            )
