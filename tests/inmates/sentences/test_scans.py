"""Scans of what courts said: attached where the act is recorded or later, read by whoever reads the record."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from documents.models import StoredFile
from inmates.court_papers import actions as court_papers
from inmates.sentences.models import Sentence
from tests.factories import make_inmate, pdf
from tests.inmates.sentences.conftest import day

PDF = pdf()


def upload(content=PDF):
    return SimpleUploadedFile("judgment.pdf", content, content_type="application/pdf")


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def paper(inmate, name, record, new=False):
    return reverse(f"inmates:court_paper{'_new' if new else ''}", args=[inmate.uuid, name, record.pk])


def tab(client, inmate):
    return client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()


def test_a_judgment_is_scanned_with_the_sentence_and_a_refused_file_refuses_it(signed_in, unit, officer):
    untried = make_inmate(unit, by=officer, legal_status="remand")
    address = reverse("inmates:add_sentence", args=[untried.uuid])
    data = {"case": untried.cases.get().pk, "sentence_kind": "term", "years": "5"}
    data["starts_on"] = f"{untried.admitted_on:%d/%m/%Y}"
    refused = signed_in.post(address, data | {"scan": upload(b"MZ")})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["scan"]
    assert not Sentence.objects.exists()
    assert not StoredFile.objects.exists()
    assert signed_in.post(address, data | {"scan": upload()}).status_code == 302
    sentence = untried.sentences.get()
    assert sentence.document.name == "judgment.pdf"
    assert paper(untried, "judgment", sentence) in tab(signed_in, untried)


def test_a_judgment_on_appeal_and_its_new_sentence_share_the_rulings_scan(signed_in, tried, declare):
    appeal = declare()
    assert signed_in.get(paper(tried, "ruling", appeal, new=True)).status_code == 404  # no ruling yet
    address = reverse("inmates:court_appeal_outcome", args=[tried.uuid, appeal.pk])
    ruling = {"outcome": "changed", "on": f"{day(-100):%d/%m/%Y}", "decision": "AR 9"}
    ruling |= {"sentence_kind": "term", "months": "18", "scan": upload()}
    assert signed_in.post(address, ruling).status_code == 302
    appeal.refresh_from_db()
    assert appeal.document is not None
    assert tried.sentences.standing().get().document == appeal.document
    assert paper(tried, "ruling", appeal) in tab(signed_in, tried)


def test_the_paper_that_says_it_is_final_and_the_acquittal_have_scans(signed_in, tried, inmate):
    sentence = tried.sentences.get()
    data = {"on": f"{day(-1):%d/%m/%Y}", "reference": "CNA 5", "scan": upload()}
    assert signed_in.post(reverse("inmates:sentence_final", args=[tried.uuid, sentence.pk]), data).status_code == 302
    assert paper(tried, "final", sentence) in tab(signed_in, tried)
    case = inmate.cases.get()
    inmate.sentences.update(final_on=None, final_reference="")
    data = {"state": "acquitted", "on": clock.today().isoformat(), "reference": "Arrêt 7", "sentence_read": "on"}
    data |= {"scan": upload()}
    assert signed_in.post(reverse("inmates:close_case", args=[inmate.uuid, case.pk]), data).status_code == 302
    assert paper(inmate, "closing", case) in tab(signed_in, inmate)


def test_a_scan_comes_later_and_is_on_the_trail(signed_in, inmate, officer, officer2, director):
    sentence = inmate.sentences.get()
    assert signed_in.get(paper(inmate, "judgment", sentence)).status_code == 404
    address = paper(inmate, "judgment", sentence, new=True)
    assert address in tab(signed_in, inmate)
    assert signed_in.post(address, {"scan": ""}).status_code == 422
    assert list(signed_in.post(address, {"scan": upload(b"MZ")}).context["form"].errors) == ["scan"]
    assert signed_in.post(address, {"scan": upload()}).status_code == 302
    assert Event.objects.filter(verb="judgment.scan_attached", actor_id=officer.pk).exists()
    for user in (officer2, director):
        with pytest.raises(PermissionDenied):
            court_papers.attach_court_paper(sentence, paper="judgment", scan=upload(), by=user)


def test_whoever_reads_the_record_reads_the_judgment_and_nobody_else(
    client, inmate, officer, officer2, assessor, inspector, sysadmin
):
    sentence = court_papers.attach_court_paper(inmate.sentences.get(), paper="judgment", scan=upload(), by=officer)
    for user, status in ((officer, 200), (assessor, 200), (inspector, 200), (officer2, 404), (sysadmin, 403)):
        client.force_login(user)
        answer = client.get(paper(inmate, "judgment", sentence))
        assert answer.status_code == status
    client.force_login(inspector)
    answer = client.get(paper(inmate, "judgment", sentence))
    assert b"".join(answer.streaming_content) == PDF
    assert Event.objects.filter(verb="judgment_scan.viewed", actor_id=inspector.pk).exists()


def test_there_is_no_paper_that_says_final_before_it_is(signed_in, tried, officer):
    sentence = tried.sentences.get()
    with pytest.raises(InvalidTransition, match="no such paper"):
        court_papers.attach_court_paper(sentence, paper="final", scan=upload(), by=officer)
    assert signed_in.get(paper(tried, "final", sentence, new=True)).status_code == 404
    assert signed_in.get(paper(tried, "whatever", sentence, new=True)).status_code == 404


def test_another_persons_judgment_is_not_read_under_this_persons_address(signed_in, tried, inmate, officer):
    sentence = court_papers.attach_court_paper(inmate.sentences.get(), paper="judgment", scan=upload(), by=officer)
    assert signed_in.get(paper(tried, "judgment", sentence)).status_code == 404
