"""A contact form is a file: what it declares is what is asked, and what is wrong in it is named by its place."""

import pytest
from django.utils import timezone

from samtall.base.declarations import UnreadableDeclaration
from samtall.config.command_line import main
from samtall.inquiries import operations
from samtall.inquiries.declaration import QUESTIONS, STANDARD, read
from samtall.inquiries.forms import USUAL, InquiryForm
from samtall.inquiries.models import ContactForm

pytestmark = pytest.mark.django_db
TEXT = STANDARD.read_text()


def test_the_form_that_comes_with_samtall_asks_everything_that_can_be_asked() -> None:
    asked = [question.code for question in read(TEXT).questions]
    assert asked == list(QUESTIONS) == list(USUAL)
    assert list(InquiryForm(declaration=read(TEXT)).fields) == asked


def test_a_form_asks_what_its_file_says_in_its_words() -> None:
    text = TEXT.replace(
        '[[questions]]\ncode = "phone"',
        '[[questions]]\ncode = "phone"\nrequired = true\nlabel.nb = "Mobil"\nlabel.nn = "Mobil"\nlabel.en = "Mobile"',
    ).replace('[[questions]]\ncode = "heard"\n', "")
    fields = InquiryForm(declaration=read(text)).fields
    assert (fields["phone"].required, fields["phone"].label, "heard" in fields) == (True, "Mobil", False)


def test_what_must_be_asked_is_required_whatever_the_file_says() -> None:
    text = TEXT.replace('code = "email"', 'code = "email"\nrequired = false')
    assert InquiryForm(declaration=read(text)).fields["email"].required


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('code = "phone"', 'code = "fax"', "fax"),
        ('[[questions]]\ncode = "notice"', "", "notice"),
        ('code = "phone"', 'code = "email"', "to ganger"),
        ("answer_within = 3", "answer_within = 0", "answer_within"),
        ("answer_within = 3", "answer_withn = 3", "answer_withn"),
        ('# kinds = ["thesis", "placement"]', 'kinds = ["competence_job"]', "competence_job"),
        ('# origins = ["https://www.example.no"]', 'origins = ["https://*"]', "origins"),
        ('# institution = "911770709"', 'institution = "911770709"', "911770709"),
        ("answer_within = 3", "answer_within = ", "TOML"),
        ('nn = "Helse og omsorg"', "", "nn.*subjects 5"),
    ],
)
def test_what_is_wrong_in_a_form_is_named(before: str, after: str, named: str) -> None:
    assert before in TEXT
    with pytest.raises(UnreadableDeclaration, match=named):
        operations.save_form(TEXT.replace(before, after), by="system:test", at=timezone.now())


def test_saving_makes_a_new_version_and_the_same_again_does_not() -> None:
    at = timezone.now()
    first = operations.save_form(TEXT, by="system:test", at=at)
    assert operations.save_form(TEXT, by="system:test", at=at) == first
    operations.save_form(TEXT.replace("answer_within = 3", "answer_within = 5"), by="system:test", at=at)
    assert ContactForm.objects.count() == 2


def test_a_form_goes_out_and_in_again_in_the_terminal(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert main(["form", "import"]) == 0
    assert "/kontakt/naeringsliv/" in capsys.readouterr().out
    assert main(["form", "export", "naeringsliv"]) == 0
    file = tmp_path / "skjema.toml"
    file.write_text(capsys.readouterr().out)
    assert main(["form", "import", str(file)]) == 0
    assert ContactForm.objects.count() == 1
    assert main(["form", "export", "annet"]) == 1
    assert "naeringsliv" in capsys.readouterr().err
