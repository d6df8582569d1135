"""What a PDF draws is kept; what acts, or is attached, is not."""

import io
import zlib
from unittest import mock

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Stream, String

from documents import actions
from documents.cleaning import MOST_PAGES, pages_alone
from tests.factories import pdf

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert('CANARY')"))


def changed(change):
    """A PDF of one page with words, after `change(pdf, page)`."""
    made = pikepdf.open(io.BytesIO(pdf("Words that stay")))
    change(made, made.pages[0])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def annotated(**fields):
    """A change that puts an annotation onto the page."""

    def change(made, page):
        box = Array([0, 0, 100, 100])
        page.Annots = made.make_indirect(Array([made.make_indirect(Dictionary(Type=Name.Annot, Rect=box, **fields))]))

    return change


def attached(made, page):
    made.attachments["virus.exe"] = b"MZ CANARY"


def opened(made, page):
    made.Root.OpenAction = SCRIPT


def named(made, page):
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), SCRIPT])))


def form(made, page):
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(made, b"<xdp>CANARY</xdp>"))


def on_page(made, page):
    page.AA = Dictionary(O=SCRIPT)


def described(made, page):
    with made.open_metadata() as metadata:
        metadata["dc:title"] = "CANARY"
    made.docinfo["/Author"] = "CANARY"


@pytest.mark.filterwarnings("ignore:This document has 1 form widget")  # the test writes one on purpose
@pytest.mark.parametrize(
    "change",
    [
        attached,
        opened,
        named,
        form,
        on_page,
        described,
        annotated(Subtype=Name.Link, A=SCRIPT),
        annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org/CANARY"))),
        annotated(Subtype=Name.Widget, FT=Name.Btn, AA=Dictionary(D=SCRIPT)),
        annotated(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("CANARY.exe"))),
    ],
)
def test_what_acts_or_is_attached_goes(change, officer):
    given = changed(change)
    stored = actions.store(SimpleUploadedFile("a.pdf", given), by=officer)
    content = stored.file.open().read()
    assert b"CANARY" not in content
    with pikepdf.open(io.BytesIO(content)) as kept:
        assert len(kept.pages) == 1
        drawn = kept.pages[0].Contents
        parts = drawn if isinstance(drawn, pikepdf.Array) else [drawn]
        assert any(b"Words that stay" in part.read_bytes() for part in parts)
        assert not kept.attachments
        assert set(kept.Root.keys()) == {"/Type", "/Pages"}


def test_a_remark_that_is_drawn_stays_drawn():
    def change(made, page):
        look = Stream(made, b"% The remark\n", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100]))
        annotated(Subtype=Name.Stamp, F=4, AP=Dictionary(N=look))(made, page)

    with pikepdf.open(io.BytesIO(pages_alone(changed(change)))) as kept:
        assert "/Annots" not in kept.pages[0]
        drawn = [thing.read_bytes() for thing in kept.pages[0].Resources.XObject.values()]
    assert any(b"The remark" in part for part in drawn)


def test_a_script_hidden_in_what_is_drawn_is_refused():
    def change(made, page):
        hidden = Stream(
            made, b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), AA=Dictionary(O=SCRIPT)
        )
        page.Resources = Dictionary(XObject=Dictionary(X=made.make_indirect(hidden)))

    with pytest.raises(ValidationError, match="script"):
        pages_alone(changed(change))


def test_a_locked_one_is_refused():
    made = pikepdf.open(io.BytesIO(pdf()))
    for user in ("secret", ""):  # one that nobody can open, one that opens and may not be changed
        out = io.BytesIO()
        made.save(out, encryption=pikepdf.Encryption(owner="o", user=user))
        with pytest.raises(ValidationError, match="locked"):
            pages_alone(out.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n...%%EOF\n",
        pdf()[:200] + b"%%EOF",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    ],
)
def test_what_cannot_be_read_is_refused(content):
    with pytest.raises(ValidationError):
        pages_alone(content)


def test_too_many_pages_are_refused():
    made = pikepdf.new()
    for _n in range(MOST_PAGES + 1):
        made.add_blank_page()
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(ValidationError, match="500"):
        pages_alone(out.getvalue())


def test_cleaning_twice_changes_nothing():
    assert pages_alone(pdf("A scan", pages=3)) == pdf("A scan", pages=3)


def test_files_are_for_the_service_alone(officer, settings):
    stored = actions.store(SimpleUploadedFile("a.pdf", pdf()), by=officer)
    place = stored.file.storage.path(stored.file.name)
    from pathlib import Path

    assert Path(place).stat().st_mode & 0o777 == 0o600
    assert Path(place).parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("times", [1, 2])
def test_what_unpacks_to_far_too_much_is_refused(times):
    def swollen(made, page):
        drawn = b"0 0 m 1 1 l S " * (8 * 2**20)
        for _n in range(times):
            drawn = zlib.compress(drawn, 9)
        page.Contents = Stream(made, drawn, Filter=Array([Name.FlateDecode] * times))

    content = changed(swollen)
    assert len(content) < 2**20
    if times == 1:
        with pytest.raises(ValidationError, match="far too much"):
            pages_alone(content)
    else:
        with mock.patch("documents.cleaning.MOST_OTHERWISE", 64), pytest.raises(ValidationError, match="far too much"):
            pages_alone(content)
    assert pages_alone(pdf("Words that stay"))
