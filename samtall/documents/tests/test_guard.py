"""The `upload` rows of the bad-input catalogue: what is taken, in which form, and what is refused with which code."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from samtall.documents import guard, limits
from samtall.documents.operations import clean_name
from samtall.documents.tests.conftest import (
    EICAR,
    SOUND,
    action,
    docx,
    open_document,
    packed,
    pdf,
    picture,
    with_place,
)
from samtall.documents.verdict import DocumentBad


def refused(name: str, content: bytes) -> tuple[str, str]:
    with pytest.raises(DocumentBad) as bad:
        guard.look_through_here(clean_name(name), content)
    return bad.value.verdict.code, bad.value.verdict.found


@pytest.mark.parametrize("name", SOUND)
def test_sound_files_are_taken(name: str) -> None:
    ending = name.rpartition(".")[2].lower()
    assert guard.look_through_here(name, SOUND[name]).type == guard.TYPES[ending]


@pytest.mark.parametrize("name", [name for name in SOUND if not name.startswith("bilde")])
def test_what_is_no_picture_is_kept_to_the_byte(name: str) -> None:
    assert guard.look_through_here(name, SOUND[name]).content == SOUND[name]


@pytest.mark.parametrize(
    "name",
    "x.html x.lnk x.iso x.jar x.docm x.xlsm x.7z x.eml x x.pdf\x00.exe x.ics x.exe x.svg x.zip x.doc .htaccess".split(),
)
def test_endings_that_are_not_on_the_list_are_refused(name: str) -> None:
    assert refused(name, pdf())[0] == "F1"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.pdf", b"<html><script>alert(1)</script>"),
        ("x.pdf", b"MZ\x90\x00\x03"),
        ("x.pdf", b" " * 2_048 + pdf()),
        ("x.pdf", pdf().replace(b"\n", b"\n%<html><script>\n", 1)),
        ("x.jpg", b"Just text"),
        ("x.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("x.png", picture("JPEG")),
        ("x.docx", pdf()),
        ("x.docx", packed({"a.txt": "a"})),
        ("x.odt", open_document("spreadsheet")),
        ("x.txt", b"<!DOCTYPE html><p>"),
        ("x.txt", b"\x7fELF\x02\x01\x01\x00"),
        ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .doc"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(name: str, content: bytes) -> None:
    assert refused(name, content)[0] == "F2"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.pdf", b""),
        ("x.txt", b"\xef\xbb\xbf"),
        ("x.txt", b" \r\n"),
        ("x.pdf", pdf()[:-60]),
        ("x.pdf", pdf().replace(b"%%EOF", b"")),
        ("x.jpg", picture("JPEG", size=(400, 400))[:-900]),
        ("x.png", SOUND["bilde.png"][:-20]),
        ("x.docx", docx("<w:p/>" * 900)[:-30]),
        ("x.docx", docx("<w:p>")),
    ],
)
def test_what_did_not_arrive_whole_is_refused(name: str, content: bytes) -> None:
    assert refused(name, content)[0] == "F4"


def test_a_pdf_without_pages_is_refused() -> None:
    written = BytesIO()
    pikepdf.new().save(written)
    assert refused("x.pdf", written.getvalue())[0] == "F4"


def with_file() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["eicar.com"] = EICAR
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def with_password() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    written = BytesIO()
    document.save(written, encryption=pikepdf.Encryption(owner="a", user=""))
    return written.getvalue()


def with_link(address: str) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0]["/Annots"] = pikepdf.Array(
        [pikepdf.Dictionary({"/Subtype": pikepdf.Name("/Link"), "/A": action("URI", URI=address)})]
    )
    written = BytesIO()
    document.save(written)
    return written.getvalue()


FIELD = '<w:fldChar w:fldCharType="{}"/>'
CUT_DDE = (
    FIELD.format("begin")
    + "<w:instrText>DD</w:instrText><w:instrText>EAUTO c:\\\\x</w:instrText>"
    + FIELD.format("end")
)
TEMPLATE = (
    '<Relationships><Relationship TargetMode="External" Type="a/attachedTemplate" Target="http://x"/></Relationships>'
)
ACTIVE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "PDF JavaScript": ("x.pdf", "JavaScript", lambda: pdf(OpenAction=action("JavaScript", JS="app.alert(1)"))),
    "PDF launch": ("x.pdf", "Launch", lambda: pdf(OpenAction=action("Launch", F="cmd.exe"))),
    "PDF embedded file": ("x.pdf", "file", with_file),
    "PDF link to a file": ("x.pdf", "URI", lambda: with_link("file:///etc/passwd")),
    "PDF XFA form": ("x.pdf", "XFA", lambda: pdf(AcroForm=pikepdf.Dictionary({"/XFA": "x"}))),
    "PDF submits a form": ("x.pdf", "SubmitForm", lambda: pdf(OpenAction=action("SubmitForm", F="http://x"))),
    "PDF with more actions": ("x.pdf", "action", lambda: pdf(AA=pikepdf.Dictionary({"/WC": action("Named")}))),
    "PDF under a password": ("x.pdf", "password", with_password),
    "docx under a password": (
        "x.docx",
        "password",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    ),
    "docx DDE": ("x.docx", "DDE", lambda: docx('<w:fldSimple w:instr=" DDEAUTO c:\\\\cmd.exe"/>')),
    "docx DDE in pieces": ("x.docx", "DDE", lambda: docx(CUT_DDE)),
    "docx with a macro": ("x.docx", "macro", lambda: docx(more={"word/vbaProject.bin": b"x"})),
    "docx with a file in it": ("x.docx", "file", lambda: docx(more={"word/embeddings/oleObject1.bin": b"x"})),
    "docx that fetches a template": ("x.docx", "link", lambda: docx(more={"word/_rels/settings.xml.rels": TEMPLATE})),
    "docx with a zip in it": ("x.docx", "zip", lambda: docx(more={"word/media/a.bin": packed({"eicar.com": EICAR})})),
    "ods with a macro": (
        "x.ods",
        "macro",
        lambda: open_document("spreadsheet", more={"Basic/Standard/Module1.xml": "<m/>"}),
    ),
    "odt with a listener": (
        "x.odt",
        "macro",
        lambda: open_document("text", more={"content.xml": '<a xmlns:s="s"><s:event-listener/></a>'}),
    ),
}


@pytest.mark.parametrize("case", ACTIVE)
def test_what_is_active_or_locked_is_refused(case: str) -> None:
    name, what, make = ACTIVE[case]
    assert refused(name, make()) == ("F6", what)


def test_ordinary_links_are_no_danger() -> None:
    link = '<Relationships><Relationship TargetMode="External" Type="a/hyperlink" Target="https://x"/></Relationships>'
    dde = "<w:p>DDE is a word too</w:p>"
    assert guard.look_through_here("x.pdf", with_link("https://samtall.example/")).type == "application/pdf"
    assert guard.look_through_here("x.docx", docx(dde, more={"word/_rels/document.xml.rels": link}))


def test_documents_with_declared_entities_are_refused() -> None:
    laughs = '<!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>'
    assert refused("x.docx", docx(more={"word/styles.xml": laughs}))[0] == "F4"


def test_a_picture_of_more_pixels_than_we_unpack_is_refused() -> None:
    assert refused("x.png", picture(mode="1", size=(30_000, 20_000))) == ("F3", "600 megapixel")


def test_a_zip_bomb_is_refused() -> None:
    bomb = docx(more={"word/media/a.xmlx": b"\0" * (limits.UNPACKED_BYTES + 1)})
    assert len(bomb) < 200_000
    assert refused("x.docx", bomb)[0] == "F3"


def test_a_photo_loses_place_and_camera_and_stands_upright() -> None:
    content = with_place()
    kept = Image.open(BytesIO(guard.look_through_here("x.jpg", content).content))
    assert b"Kamera" in content
    assert (dict(kept.getexif()), kept.info.get("comment"), kept.size) == ({}, None, (30, 40))
    assert b"Kamera" not in guard.look_through_here("x.jpg", content).content


@pytest.mark.parametrize(
    ("mode", "kind"), [("P", "PNG"), ("RGBA", "PNG"), ("LA", "PNG"), ("1", "PNG"), ("CMYK", "JPEG")]
)
def test_pictures_of_every_mode_are_taken(mode: str, kind: str) -> None:
    ending = "png" if kind == "PNG" else "jpg"
    assert guard.look_through_here(f"x.{ending}", picture(kind, mode)).content


def test_what_is_hidden_after_a_picture_is_gone() -> None:
    assert b"<script>" not in guard.look_through_here("x.png", picture() + b"<script>alert(1)</script>").content


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x.pdf", "x.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("C:\\x.pdf", "x.pdf"),
        ("/etc/x.pdf", "x.pdf"),
        ("x\r\nSet-Cookie: a=b.pdf", "x Set-Cookie: a=b.pdf"),
        ("æøå.pdf", "æøå.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("  .pdf", "fil.pdf"),
        ("x;y.pdf", "x;y.pdf"),
        ("%2e%2e%2fx.pdf", "%2e%2e%2fx.pdf"),
        ("x\u202efdp.exe.pdf", "xfdp.exe.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
        ("", "fil"),
    ],
)
def test_names_are_tidied(name: str, kept: str) -> None:
    assert clean_name(name) == kept


def test_a_process_of_its_own_says_the_same() -> None:
    assert guard.look_through("x.pdf", SOUND["avtale.pdf"]) == guard.Sound("application/pdf", SOUND["avtale.pdf"])
    with pytest.raises(DocumentBad) as bad:
        guard.look_through("x.pdf", pdf(OpenAction=action("JavaScript", JS="x")))
    assert bad.value.verdict.code == "F6"
    with pytest.raises(DocumentBad) as bad:
        guard.look_through("x.pdf", b"x" * (limits.FILE_BYTES + 1))
    assert bad.value.verdict.code == "F3"
