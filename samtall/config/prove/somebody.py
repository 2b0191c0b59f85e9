"""Somebody who has left traces in every room: for the proof of erasure, and for tests."""

import secrets
import time
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from PIL import Image

from samtall.accounts import operations as accounts
from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.agreements import operations as agreements
from samtall.api.models import ApiKey, KeptAnswer
from samtall.base.periods import Period
from samtall.base.text import Words
from samtall.confirmations import operations as confirmations
from samtall.documents import operations as documents
from samtall.documents.models import Document
from samtall.figures import queries as figures
from samtall.figures.results import Result
from samtall.imports import operations as imports
from samtall.inquiries import operations as inquiries
from samtall.inquiries.declaration import STANDARD as FORM
from samtall.kinds.competence_job import operations as jobs
from samtall.kinds.network import operations as networks
from samtall.knowledge.models import Environment
from samtall.mail import incoming
from samtall.mail import operations as mail
from samtall.mail.files import File
from samtall.parties import operations as parties
from samtall.parties.models import Organisation, Person
from samtall.privacy import operations as privacy
from samtall.privacy import subjects
from samtall.privacy.models import Erased
from samtall.privacy.queries import held
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK
from samtall.programmes.models import Milestone, Programme
from samtall.publications import commenting
from samtall.publications import operations as publications
from samtall.publications.models import Edition
from samtall.surveys import operations as surveys
from samtall.surveys.files import QuestionText, SurveyText
from samtall.surveys.models import Survey
from samtall.witnesses import operations as witnesses

#: So many seconds others on the server may look back, before files are no longer waited for.
PATIENCE = 120


@dataclass(frozen=True)
class Region:
    """Who works there, the two organisations of every collaboration, and one that takes part in nothing."""

    coordinator: User
    validator: User
    college: Organisation
    company: Organisation
    stranger: Organisation


def make_region(*, at: datetime) -> Region:
    coordinator = accounts.create_user("c@samtall.example", "Coordinator", at=at)
    validator = accounts.create_user("v@samtall.example", "Validator", at=at)
    accounts.grant_role(coordinator, "coordinator", by=None, at=at)
    accounts.grant_role(validator, "validator", by=None, at=at)
    college = parties.add_organisation("Høgskolen", number="313000001", at=at)
    company = parties.add_organisation("Bø Bygg AS", number="313000028", at=at)
    stranger = parties.add_organisation("Ulefoss Verk AS", number="313000036", at=at)
    return Region(coordinator, validator, college, company, stranger)


def live(region: Region, name: str, email: str, *, files: bool = True, at: datetime) -> Activity:
    """Let somebody take part, write, be written to and be written about; gives the thesis they are counted in.

    `files`: also an agreement, a spreadsheet and a document, which take a second.
    """
    said: dict[str, Any] = {"by": region.coordinator, "at": at}
    person = parties.add_person(name, email=email, organisation=region.college)
    thesis = _thesis(region, name, person, said, files=files)
    activities.submit(thesis, **said)
    activities.validate(thesis, by=region.validator, at=at)
    student = accounts.create_user(email, name, at=at)
    accounts.grant_role(student, "student", by=None, at=at)
    User.objects.filter(pk=student.pk).update(person=person)
    if files:
        _files(thesis, name, email, said)
    confirmations.ask(thesis.participations.get(person=person), address=email, language="nb", **said)
    _letters(thesis, name, email, said)
    _inquiry(name, email, region, at)
    _elsewhere(region, name, email, student, said)
    return thesis


def _files(thesis: Activity, name: str, email: str, said: dict[str, Any]) -> None:
    agreement = agreements.draw_up(thesis, language="nb", rights="students", confidentiality="none", **said)
    agreements.mark_sent(agreement, on=date(2017, 6, 20), to=list(thesis.participations.all()), **said)
    sheet = f"Slag;Tittel;Fra;Virksomhet;Student;E-post\nKurs;Regnskap;10.01.2017;Bygg;{name};{email}\n"
    imports.upload(sheet.encode(), file_name=f"{name}.csv", by=said["by"], at=said["at"])


def _thesis(region: Region, name: str, person: Person, said: dict[str, Any], *, files: bool) -> Activity:
    thesis = activities.record(
        "thesis",
        title=f"{name}s oppgave om tre",
        starts=date(2017, 1, 10),
        ends=date(2017, 6, 20),
        state="completed",
        details={"level": "bachelor"},
        **said,
    )
    activities.add_participation(thesis, role="host", organisation=region.company, **said)
    activities.add_participation(thesis, role="institution", organisation=region.college, **said)
    activities.add_participation(thesis, role="student", person=person, **said)
    activities.tell(thesis, "result", on=date(2017, 6, 20), text=f"{name.upper()} leverte god oppgave", **said)
    file = documents.examine(f"Med {name}".encode(), name=f"Avtale {name}.txt", at=said["at"]) if files else None
    activities.add_evidence(thesis, kind="agreement", description=f"Avtale med {name}", file=file, **said)
    return thesis


def _letters(thesis: Activity, name: str, email: str, said: dict[str, Any]) -> None:
    for to in (email, "somebody.else@samtall.example"):
        mail.write(
            to=to,
            language="nb",
            template="mail/letters/trial.txt",
            context={},
            purpose="trial",
            about=thesis.source,
            files=[File("d.txt", f"{name} {email}".encode(), "text/plain")],
            by=said["by"].signature,
            at=said["at"],
        )
    incoming.take(f"From: {email}\nSubject: Hei fra {name}\n\nHilsen {name}\n".encode(), at=said["at"])
    incoming.take(f"From: x@samtall.example\nSubject: Om {name}\n\n{email} er borte\n".encode(), at=said["at"])


def _inquiry(name: str, email: str, region: Region, at: datetime) -> None:
    form = inquiries.save_form(FORM.read_text(), by="system:test", at=at)
    asked = {
        "organisation": region.company.name,
        "contact_name": name,
        "email": email,
        "phone": "+47 99 88 77 66",
        "description": f"Ring {name}",
    }
    inquiry = inquiries.receive(form, asked, key=secrets.token_hex(16), language="nb", at=at).inquiry
    inquiries.note(inquiry, f"Snakket med {name}", by=region.coordinator, at=at)
    inquiries.hold(form, asked, key=secrets.token_hex(16), language="nb", at=at)


def _elsewhere(region: Region, name: str, email: str, student: User, said: dict[str, Any]) -> None:
    network = activities.record("network", title="Tre", starts=date(2017, 1, 10), state="running", **said)
    networks.hold(network, on=date(2017, 2, 1), about=f"{name} innledet", **said)
    Environment.objects.create(
        slug=f"tre-{student.pk}",
        name="Tre",
        institution=region.college,
        level="bachelor",
        contact_name=name,
        contact_email=email,
        updated_at=said["at"],
    )
    ApiKey.objects.create(
        name=f"{name} sin",
        start=f"k{student.pk}",
        digest="0" * 64,
        scopes=[],
        made_by=student,
        made_at=said["at"],
        last_day=date(2030, 1, 1),
    )
    KeptAnswer.objects.create(key=f"a{student.pk}", actor="key:1", digest="0" * 64, body={"who": name}, at=said["at"])
    parties.add_unidentified(name, at=said["at"])
    round_ = surveys.plan(_survey(said), closes=date(2037, 1, 1), by="system:test", at=said["at"])
    surveys.invite(round_, [email])
    jobs.count(region.company, on=date(2013, 12, 31), fte=Decimal(1), source=f"Brev fra {name}", **said)
    programme = Programme.objects.first() or programmes.load(MIDT_TELEMARK, by="system:test", at=said["at"])
    text = Words("Avtale", "Avtale", "Agreement").as_dict()
    done = {"text": text, "due": date(2017, 1, 1), "done_on": date(2017, 1, 1), "done_by": name, "evidence": "Brev"}
    milestone = Milestone(target=programme.targets.earliest("pk"))
    programmes.change(milestone, done, by="system:test", at=said["at"])
    commenting.comment(_draft(programme, said), text=f"Spør {name}", by="system:test", at=said["at"])
    witnesses.add(name, email, language="nb", by="system:test", at=said["at"])
    privacy.ask_correction(email, f"Jeg heter {name}", at=said["at"])


def _survey(said: dict[str, Any]) -> Survey:
    name = Words("Deling", "Deling", "Sharing")
    told = SurveyText("deling", name, name, (QuestionText("scale", name, ()),))
    return surveys.ensure(told, by="system:test", at=said["at"])


def _draft(programme: Programme, said: dict[str, Any]) -> Edition:
    """An edition that is being composed, and commented on."""
    title, years = Words("Utkast", "Utkast", "Draft"), {"starts": programme.starts, "ends": programme.ends}
    standing = Edition.objects.filter(publication__slug="utkast").first()
    return standing or publications.begin(
        programme, "utkast", sort="report", title=title, **years, by="system:test", at=said["at"]
    )


def contact_of(organisation: Organisation, *, at: datetime) -> User:
    """A company's contact."""
    user = accounts.create_user(f"contact{organisation.pk}@samtall.example", "Contact", at=at)
    accounts.grant_role(user, "partner", organisation=organisation, by=None, at=at)
    return user


def share_scan(thesis: Activity, region: Region, *, at: datetime) -> Document:
    """Somebody else's part in a thesis, and a picture of an agreement that both have signed."""
    said: dict[str, Any] = {"by": region.coordinator, "at": at, "reason": "Begge skrev"}
    other = parties.add_person("Ola Berg", organisation=region.college)
    activities.add_participation(thesis, role="student", person=other, **said)
    picture = BytesIO()
    Image.new("1", (4, 4)).save(picture, "PNG")
    file = documents.examine(picture.getvalue(), name="underskrift.png", at=at)
    del said["reason"]
    evidence = activities.add_evidence(thesis, kind="agreement", description="Skannet", file=file, **said)
    assert evidence.document is not None
    return evidence.document


def figures_now() -> list[Result]:
    """Every figure there is, of 2017."""
    period = Period(date(2017, 1, 1), date(2017, 12, 31), "2017")
    return [figures.value(one, period) for one in figures.latest_versions(with_people=True)]


def erase(email: str, *, at: datetime) -> Erased:
    """As they do it themselves."""
    return privacy.erase(subjects.of_address(email), by=privacy.THEMSELVES, at=at, reason=Erased.Reason.ASKED)


def clean_up() -> None:
    """What the worker does after erasures; it waits until nobody else on the server looks back."""
    until = time.monotonic() + PATIENCE
    while not privacy.clean_files() and time.monotonic() < until:
        time.sleep(0.2)


def rooms_holding(email: str) -> set[str]:
    """Which processings hold something about an address."""
    return {one.processing.code for one in held(subjects.of_address(email))}
