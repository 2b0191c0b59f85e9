"""One real thing of each sort that has an address, to try addresses with.

An address with arguments gets a line in ARGUMENTS, which says what of it is tried. A name with more after a space
("figure people-on-courses") is the same address with another thing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from samtall.accounts import new_address
from samtall.accounts import operations as accounts
from samtall.accounts.models import Invitation, User
from samtall.activities import operations as activities
from samtall.activities.models import Activity, Evidence, Milestone, Participation
from samtall.agreements import operations as agreements
from samtall.agreements.models import Agreement
from samtall.base import clock
from samtall.base.text import Words
from samtall.confirmations import operations as confirmations
from samtall.confirmations.models import Request
from samtall.documents import operations as documents
from samtall.documents.operations import Examined
from samtall.identities import operations as identities
from samtall.identities.models import Distinction, Identification
from samtall.imports import operations as imports
from samtall.imports.models import Import
from samtall.inquiries import operations as inquiries
from samtall.inquiries.declaration import STANDARD as FORM
from samtall.inquiries.models import Inquiry, Unconfirmed
from samtall.inquiries.tokens import confirm_token, link_token
from samtall.kinds.network import operations as networks
from samtall.kinds.network.models import Meeting
from samtall.knowledge.models import Environment
from samtall.mail import incoming
from samtall.mail import operations as mail
from samtall.mail.files import File
from samtall.mail.models import IncomingLetter, Letter
from samtall.parties import operations as parties
from samtall.parties.models import Organisation
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK
from samtall.programmes.models import Goal, Programme
from samtall.publications import blocks, commenting, composing, linking
from samtall.publications import operations as publications
from samtall.publications.models import Edition
from samtall.publications.published import Published
from samtall.surveys import operations as surveys
from samtall.surveys.models import Round
from samtall.witnesses import operations as witnesses
from samtall.witnesses.models import Receiver


@dataclass(frozen=True)
class Things:
    """One real thing of each sort, to try addresses with."""

    user: User
    invitation: Invitation
    token: str
    new_address: str
    import_: Import
    organisation: Organisation
    activity: Activity
    part: Participation
    evidence: Evidence
    identification: Identification
    distinction: Distinction
    thesis: Activity
    agreement: Agreement
    confirmation: Request
    milestone: Milestone
    meeting: Meeting
    member: Participation
    letter: Letter
    answer: IncomingLetter
    inquiry: Inquiry
    unconfirmed: Unconfirmed
    environment: Environment
    witness: Receiver
    goal: Goal
    round: Round
    edition: Edition


def sender_of(things: Things) -> dict[str, Any]:
    """What stands in the address of the sender's own page."""
    return {"number": things.inquiry.number, "token": link_token(things.inquiry.pk, things.inquiry.link)}


def edition_of(things: Things) -> dict[str, Any]:
    return {"slug": things.edition.publication.slug, "number": things.edition.number}


ARGUMENTS: dict[str, Callable[[Things], dict[str, Any]]] = {
    "answer": lambda things: {"pk": things.answer.pk},
    "answer-aside": lambda things: {"pk": things.answer.pk},
    "answer-message": lambda things: {"pk": things.answer.pk},
    "activity": lambda things: {"pk": things.activity.pk},
    "activity-change": lambda things: {"pk": things.activity.pk},
    "activity-evidence-file": lambda things: {"pk": things.activity.pk, "piece": things.evidence.pk},
    "activity-evidence-new": lambda things: {"pk": things.activity.pk},
    "activity-evidence-remove": lambda things: {"pk": things.activity.pk, "piece": things.evidence.pk},
    "activity-goals": lambda things: {"pk": things.activity.pk},
    "activity-milestone": lambda things: {"pk": things.thesis.pk, "milestone": things.milestone.pk},
    "activity-milestone-new": lambda things: {"pk": things.thesis.pk},
    "activity-milestone-remove": lambda things: {"pk": things.thesis.pk, "milestone": things.milestone.pk},
    "activity-milestones": lambda things: {"pk": things.thesis.pk},
    "activity-new": lambda things: {"code": "course"},
    "activity-part": lambda things: {"pk": things.activity.pk, "part": things.part.pk},
    "activity-part-left": lambda things: {"pk": things.activity.pk, "part": things.part.pk},
    "activity-part-new": lambda things: {"pk": things.activity.pk, "role": "provider"},
    "activity-part-remove": lambda things: {"pk": things.activity.pk, "part": things.part.pk},
    "activity-return": lambda things: {"pk": things.activity.pk},
    "activity-stage": lambda things: {"pk": things.thesis.pk, "stage": "approved"},
    "activity-state": lambda things: {"pk": things.activity.pk, "verb": "fullfort"},
    "activity-submit": lambda things: {"pk": things.activity.pk},
    "activity-validate": lambda things: {"pk": things.activity.pk},
    "activity-withdraw": lambda things: {"pk": things.activity.pk},
    "distinction-withdraw": lambda things: {"pk": things.distinction.pk},
    "agreement": lambda things: {"pk": things.agreement.pk},
    "agreement-cancel": lambda things: {"pk": things.agreement.pk},
    "agreement-change": lambda things: {"pk": things.agreement.pk},
    "agreement-pdf": lambda things: {"pk": things.agreement.pk},
    "agreement-send": lambda things: {"pk": things.agreement.pk},
    "agreement-sign": lambda things: {"pk": things.agreement.pk},
    "agreement-new": lambda things: {"pk": things.thesis.pk},
    "activity-confirmations": lambda things: {"pk": things.confirmation.activity_id},
    "confirm": lambda things: {"token": "used-or-expired"},
    "confirmation-revoke": lambda things: {"pk": things.confirmation.pk},
    "mine-confirm": lambda things: {"pk": things.confirmation.pk},
    "region": lambda things: {"slug": "midt-telemark"},
    "publication": lambda things: {"slug": things.edition.publication.slug},
    "edition": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-figure": lambda things: figure_in(things.edition),
    "framed-figure": lambda things: figure_in(things.edition),
    "framed-figure-image": lambda things: figure_in(things.edition),
    "framed-newest-figure": lambda things: newest_figure_in(things.edition),
    "framed-newest-image": lambda things: newest_figure_in(things.edition),
    "edition-checkpoint": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-corrections": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-json": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-csv": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-xlsx": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-corrections-pdf": lambda things: {
        "slug": things.edition.publication.slug,
        "number": things.edition.number,
    },
    "edition-pdf": lambda things: {
        "slug": things.edition.publication.slug,
        "number": things.edition.number,
        "language": "nb",
    },
    "edition-desk": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-new": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-propose": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-approve": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-return": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "edition-withdraw": lambda things: {"slug": things.edition.publication.slug, "number": things.edition.number},
    "correction-answer": lambda _things: {"pk": 1},
    "edition-draft": lambda things: edition_of(things),
    "edition-comment": lambda things: edition_of(things),
    "edition-review": lambda things: edition_of(things),
    "edition-frame": lambda things: edition_of(things),
    "edition-block-choose": lambda things: edition_of(things),
    "reading-link-new": lambda things: edition_of(things),
    "edition-block-new": lambda things: edition_of(things) | {"sort": "text"},
    "edition-block": lambda things: edition_of(things) | {"pk": things.edition.blocks.earliest("pk").pk},
    "edition-block-comment": lambda things: edition_of(things) | {"pk": things.edition.blocks.earliest("pk").pk},
    "edition-block-move": lambda things: edition_of(things) | {"pk": things.edition.blocks.earliest("pk").pk},
    "edition-block-remove": lambda things: edition_of(things) | {"pk": things.edition.blocks.earliest("pk").pk},
    "edition-block-back": lambda things: edition_of(things) | {"pk": things.edition.removed.earliest("pk").pk},
    "edition-comment-answer": lambda things: edition_of(things) | {"pk": things.edition.comments.earliest("pk").pk},
    "edition-comment-settle": lambda things: edition_of(things) | {"pk": things.edition.comments.earliest("pk").pk},
    "reading-link-end": lambda things: {"pk": things.edition.links.earliest("pk").pk},
    "read-by-link": lambda _things: {"token": "unknown-or-ended"},
    "read-list": lambda _things: {"token": "unknown-or-ended", "anchor": "networks"},
    "privacy-correction": lambda _things: {"pk": 1},
    "privacy-file": lambda _things: {"pk": 1},
    "confirmation-settle": lambda things: {"pk": things.confirmation.pk},
    "api-activity": lambda things: {"pk": things.activity.pk},
    "api-figure": lambda things: {"slug": "collaborations"},
    "api-figure-list": lambda things: {"slug": "collaborations"},
    "api-inquiry": lambda things: {"number": things.inquiry.number},
    "api-key-revoke": lambda things: {"pk": 1},
    "api-organisation": lambda things: {"key": things.organisation.number},
    "api-posting": lambda things: {"position": 1},
    "figure": lambda things: {"slug": "collaborations"},
    "figure people-on-courses": lambda things: {"slug": "people-on-courses"},
    "figure-archive": lambda things: {"slug": "collaborations"},
    "figure-changes": lambda things: {"slug": "collaborations"},
    "figure-changes people-on-courses": lambda things: {"slug": "people-on-courses"},
    "figure-csv": lambda things: {"slug": "collaborations"},
    "figure-csv people-on-courses": lambda things: {"slug": "people-on-courses"},
    "figure-definition": lambda things: {"slug": "collaborations"},
    "figure-definition people-on-courses": lambda things: {"slug": "people-on-courses"},
    "figure-version-new": lambda things: {"slug": "collaborations"},
    "figure-xlsx": lambda things: {"slug": "collaborations"},
    "figure-xlsx people-on-courses": lambda things: {"slug": "people-on-courses"},
    "figure-list": lambda things: {"slug": "collaborations"},
    "figure-list people-on-courses": lambda things: {"slug": "people-on-courses"},
    "identification-withdraw": lambda things: {"pk": things.identification.pk},
    "identities-decide": lambda things: {"pk": things.organisation.pk},
    "import": lambda things: {"pk": things.import_.pk},
    "import-columns": lambda things: {"pk": things.import_.pk},
    "import-discard": lambda things: {"pk": things.import_.pk},
    "import-duplicates": lambda things: {"pk": things.import_.pk},
    "import-organisation": lambda things: {"pk": things.import_.pk},
    "import-overlap": lambda things: {"pk": things.import_.pk, "row": 0},
    "import-row": lambda things: {"pk": things.import_.pk, "row": 2},
    "import-problems": lambda things: {"pk": things.import_.pk},
    "import-start": lambda things: {"pk": things.import_.pk},
    "import-progress": lambda things: {"pk": things.import_.pk},
    "import-step": lambda things: {"pk": things.import_.pk},
    "import-template": lambda things: {"code": "alle"},
    "import-undo": lambda things: {"pk": things.import_.pk},
    "contact-case": lambda things: sender_of(things),
    "contact-case guessed": lambda things: sender_of(things) | {"token": "0" * 40},
    "contact-confirm": lambda things: {"key": things.unconfirmed.key, "token": confirm_token(things.unconfirmed.key)},
    "contact-confirm guessed": lambda things: {"key": things.unconfirmed.key, "token": "0" * 40},
    "contact-confirm-sent": lambda things: {"slug": "naeringsliv"},
    "contact-form": lambda things: {"slug": "naeringsliv"},
    "contact-lookup": lambda things: {"slug": "naeringsliv"},
    "contact-receipt": lambda things: {"slug": "naeringsliv"} | sender_of(things),
    "contact-receipt guessed": lambda things: {"slug": "naeringsliv"} | sender_of(things) | {"token": "0" * 40},
    "employer-baseline": lambda things: {"pk": things.organisation.pk},
    "employer-jobs": lambda things: {"pk": things.organisation.pk},
    "witness-end": lambda things: {"pk": things.witness.pk},
    "environment": lambda things: {"slug": things.environment.slug},
    "form-change": lambda things: {"slug": "naeringsliv"},
    "form-setup": lambda things: {"slug": "naeringsliv"},
    "framed-contact-confirm-sent": lambda things: {"slug": "naeringsliv"},
    "framed-contact-form": lambda things: {"slug": "naeringsliv"},
    "framed-contact-lookup": lambda things: {"slug": "naeringsliv"},
    "framed-contact-receipt": lambda things: {"slug": "naeringsliv"} | sender_of(things),
    "inquiry": lambda things: {"number": things.inquiry.number},
    "inquiry-act": lambda things: {"number": things.inquiry.number, "verb": "svar"},
    "inquiry-choose": lambda things: {"number": things.inquiry.number},
    "inquiry-handover": lambda things: {"number": things.inquiry.number, "code": "course"},
    "inquiry-take": lambda things: {"number": things.inquiry.number},
    "kind": lambda things: {"code": "course"},
    "letter": lambda things: {"pk": things.letter.pk},
    "letter-again": lambda things: {"pk": things.letter.pk},
    "letter-file": lambda things: {"pk": things.letter.pk, "file": things.letter.files.get().pk},
    "letter-html": lambda things: {"pk": things.letter.pk},
    "letter-stop": lambda things: {"pk": things.letter.pk},
    "mfa_remove_webauthn": lambda things: {"pk": things.user.pk},
    "openid-connect": lambda things: {"provider_id": "feide"},
    "openid-disconnect": lambda things: {"pk": things.user.pk},
    "openid_callback": lambda things: {"provider_id": "feide"},
    "openid_login": lambda things: {"provider_id": "feide"},
    "network": lambda things: {"pk": things.meeting.activity_id},
    "network-leave": lambda things: {"pk": things.meeting.activity_id, "part": things.member.pk},
    "network-meeting": lambda things: {"pk": things.meeting.activity_id, "meeting": things.meeting.pk},
    "network-meeting-new": lambda things: {"pk": things.meeting.activity_id},
    "network-meeting-remove": lambda things: {"pk": things.meeting.activity_id, "day": "2017-02-01"},
    "organisation": lambda things: {"key": things.organisation.number},
    "organisation-merge": lambda things: {"key": things.organisation.number},
    "programme": lambda things: {"slug": "midt-telemark"},
    "programme-change": lambda things: {"slug": "midt-telemark"},
    "programme-changes": lambda things: {"slug": "midt-telemark"},
    "programme-file": lambda things: {"slug": "midt-telemark"},
    "programme-part": lambda things: {"slug": "midt-telemark", "sort": "maal", "pk": things.goal.pk},
    "programme-part-new": lambda things: {"slug": "midt-telemark", "sort": "maal"},
    "programme-part-remove": lambda things: {"slug": "midt-telemark", "sort": "maal", "pk": things.goal.pk},
    "programme-upload": lambda things: {"slug": "midt-telemark"},
    "survey": lambda things: {"slug": things.round.survey.slug},
    "survey-answer": lambda things: {"token": "used-or-closed"},
    "survey-change": lambda things: {"slug": things.round.survey.slug},
    "survey-question-new": lambda things: {"slug": things.round.survey.slug},
    "survey-question-remove": lambda things: {
        "slug": things.round.survey.slug,
        "pk": things.round.survey.questions.get().pk,
    },
    "survey-round": lambda things: {"slug": things.round.survey.slug, "number": things.round.number},
    "survey-round-new": lambda things: {"slug": things.round.survey.slug},
    "target": lambda things: {"slug": "midt-telemark", "target": "nettverk"},
    "target-compare": lambda things: {"slug": "midt-telemark", "target": "nettverk"},
    "season": lambda things: {"code": "thesis"},
    "invitation": lambda things: {"token": things.token},
    "new-address": lambda things: {"token": things.new_address},
    "invitation-withdraw": lambda things: {"pk": things.invitation.pk},
    "user": lambda things: {"pk": things.user.pk},
    "user-factors-forget": lambda things: {"pk": things.user.pk},
    "user-role": lambda things: {"pk": things.user.pk},
    "user-role-end": lambda things: {"pk": things.user.pk, "grant": things.user.grants.get().pk},
}


def make_things(*, reader: User, partner: User, administrator: User, company: Organisation, mark: str = "") -> Things:
    """Recorded by `reader`; the user among them is `partner`, who belongs to `company`. `mark` tells two sets apart."""
    programme = programmes.load(MIDT_TELEMARK, by=reader.signature, at=clock.now())
    sheet = b"Slag;Tittel;Fra;Virksomhet\nKurs;Regnskap;10.01.2017;Bygg\n"
    invitation, token = accounts.invite(
        f"new{mark}@samtall.example", "New", "partner", organisation=company, by=administrator, at=clock.now()
    )
    said: dict[str, Any] = {"by": reader, "at": clock.now()}
    course = activities.record("course", title="Regnskap", starts=date(2017, 1, 10), details={"hours": 8}, **said)
    thesis = activities.propose("thesis", title="Fisk", starts=date(2017, 1, 10), details={"level": "master"}, **said)
    form = inquiries.save_form(FORM.read_text(), by=reader.signature, at=clock.now())
    asked = {"organisation": "Bø Bygg AS", "contact_name": "Kari", "email": "k@eksempel.no", "description": "Noe"}
    terms: dict[str, Any] = {"language": "nb", "rights": "students", "confidentiality": "none"}
    lecture = activities.record("guest_lecture", title="Fjell", starts=date(2017, 1, 10), state="completed", **said)
    lecturer = activities.add_participation(lecture, role="lecturer", organisation=company, **said)
    network = activities.record("network", title="Tre", starts=date(2017, 1, 10), state="running", **said)
    member = activities.add_participation(network, role="member", organisation=company, **said)
    return Things(
        goal=programme.goals.earliest("pk"),
        inquiry=inquiries.receive(form, asked, key=f"a{mark}", language="nb", at=clock.now()).inquiry,
        round=a_round(mark),
        edition=an_edition(programme, mark),
        witness=witnesses.add(
            "Revisor", f"revisor{mark}@revisor.example", language="nb", by=reader.signature, at=clock.now()
        ),
        environment=Environment.objects.create(
            slug=f"energi{mark}", name="Energi", institution=company, level="master", updated_at=clock.now()
        ),
        unconfirmed=inquiries.hold(form, asked, key=f"b{mark}", language="nb", at=clock.now()),
        meeting=networks.hold(network, on=date(2017, 2, 1), **said),
        member=member,
        confirmation=confirmations.ask(lecturer, address="post@bygg.example.org", language="nb", **said),
        thesis=thesis,
        agreement=agreements.draw_up(thesis, **terms, **said),
        milestone=activities.add_milestone(thesis, title="Utkast", due=date(2017, 3, 1), **said),
        user=partner,
        invitation=invitation,
        token=token,
        new_address=a_new_address(mark),
        activity=course,
        evidence=activities.add_evidence(course, kind="attendance_list", description="17/4", file=a_file(), **said),
        part=activities.add_participation(course, role="provider", organisation=company, **said),
        import_=imports.upload(sheet, file_name="kurs.csv", by=reader, at=clock.now()),
        letter=a_letter(),
        answer=an_answer(),
        organisation=company,
        identification=identities.identify(parties.add_unidentified(f"Bø Bygg{mark}", at=clock.now()), company, **said),
        distinction=identities.distinguish(
            parties.add_unidentified(f"Bø Bakeri{mark}", at=clock.now()), company, **said
        ),
    )


def a_new_address(mark: str) -> str:
    mover = accounts.create_user(f"mover{mark}@samtall.example", "Mover", at=clock.now())
    return new_address.ask(mover, f"moved{mark}@samtall.example", at=clock.now())[1]


def a_file() -> Examined:
    return documents.examine(b"17 deltakere", name="liste.txt", at=clock.now())


def figure_in(edition: Edition) -> dict[str, Any]:
    figure = next(iter(Published.of(edition.frozen).figures.values()))
    return {"slug": edition.publication.slug, "number": edition.number, "anchor": figure.anchor}


def newest_figure_in(edition: Edition) -> dict[str, Any]:
    figure = next(iter(Published.of(edition.frozen).figures.values()))
    return {"slug": edition.publication.slug, "figure": figure.slug}


def an_edition(programme: Programme, mark: str) -> Edition:
    """One that is published, with all that a programme's page begins with."""
    edition = publications.begin(
        programme,
        f"arsrapport{mark}",
        sort="page",
        title=Words("Midt-Telemark", "Midt-Telemark", "Midt-Telemark"),
        starts=programme.starts,
        ends=programme.ends,
        by="test",
        at=clock.now(),
    )
    said: dict[str, Any] = {"by": "test", "at": clock.now()}
    composing.remove(composing.add(edition, "heading", blocks.heading(Words("A", "A", "A"))[1], **said), **said)
    commenting.comment(edition, text="Hvor er Sauherad?", **said)
    linking.give(edition, whole=False, depth="edition", label="Bø kommunestyre", ends=clock.today(), **said)
    publications.propose(edition, by="test", at=clock.now())
    return publications.approve(edition, by="other", at=clock.now())


def a_round(mark: str) -> Round:
    survey = surveys.make(f"deling-{mark}", name=Words("Deling", "Deling", "Sharing"), by="system:test", at=clock.now())
    surveys.ask(survey, sort="scale", text=Words("Deler dere?", "Deler de?", "Do you share?"))
    return surveys.plan(survey, closes=clock.today() + timedelta(days=9), by="system:test", at=clock.now())


def a_letter() -> Letter:
    return mail.write(
        to="kari@bakeri.example",
        language="nb",
        template="mail/letters/trial.txt",
        context={},
        purpose="trial",
        files=[File("a.txt", b"a", "text/plain")],
        by="system:test",
        at=clock.now(),
    )


def an_answer() -> IncomingLetter:
    answer = incoming.take(b"From: kari@bakeri.example\n\nHei\n", at=clock.now())
    assert isinstance(answer, IncomingLetter)
    return answer


def path_of(name: str, things: Things) -> str:
    return reverse(name.split()[0], kwargs=ARGUMENTS[name](things) if name in ARGUMENTS else None)
