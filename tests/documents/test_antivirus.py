"""The scanner, where one is configured: asked before anything is kept, and missed when it is down."""

import socket
import struct
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import actions, antivirus
from documents.models import StoredFile
from tests.factories import pdf

HARMFUL = b"A made-up signature that this scanner knows"


class Scanner:
    """A clamd that knows one signature, on a socket of its own."""

    def __init__(self, listening, answer=None):
        self.listening, self.answer, self.asked = listening, answer, []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                connection, _address = self.listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!L", said.read(4))[0]:
                    content += said.read(size)
                self.asked.append(content)
                found = b"stream: Made.Up.Signature FOUND\0" if HARMFUL in content else b"stream: OK\0"
                connection.sendall(self.answer if self.answer is not None else found)


@pytest.fixture(params=["path", "port"])
def listening(request, tmp_path, settings):
    """A listening socket, named in the settings."""
    if request.param == "path":
        made = socket.socket(socket.AF_UNIX)
        made.bind(str(tmp_path / "clamd"))
        settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    else:
        made = socket.socket()
        made.bind(("127.0.0.1", 0))
        settings.CLAMAV_SOCKET = f"127.0.0.1:{made.getsockname()[1]}"
    made.listen()
    return made


@pytest.fixture
def scanner(listening):
    """`scanner(answer=None)`: a scanner at that address; none of them outlives its test and answers for another."""
    started = []

    def start(answer=None):
        started.append(Scanner(listening, answer))
        return started[-1]

    yield start
    listening.shutdown(socket.SHUT_RDWR)
    for one in started:
        one.thread.join(10)
    listening.close()


def upload(content):
    """A PDF with something behind its end, as the browser sends it."""
    return SimpleUploadedFile("a.pdf", pdf() + content + b"%%EOF")


def test_a_clean_file_is_kept_after_it_was_asked_about(scanner, officer):
    asked = scanner().asked
    stored = actions.store(SimpleUploadedFile("a.pdf", pdf(pages=300)), by=officer)
    assert asked == [pdf(pages=300)]
    assert StoredFile.objects.get() == stored


def test_a_harmful_file_is_refused_and_not_kept(scanner, officer, caplog):
    scanner()
    with pytest.raises(ValidationError, match="refuses"):
        actions.store(upload(HARMFUL), by=officer)
    assert not StoredFile.objects.exists()
    assert "Made.Up.Signature" in caplog.text


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0"])
def test_no_answer_is_no_permission(scanner, officer, caplog, answer):
    scanner(answer)
    with pytest.raises(ValidationError, match="cannot be checked"):
        actions.store(upload(b""), by=officer)
    assert "does not answer" in caplog.text


@pytest.mark.parametrize("place", ["/nowhere/clamd", "127.0.0.1:1"])
def test_out_of_reach_it_is_missed_loudly(officer, settings, caplog, place):
    settings.CLAMAV_SOCKET = place
    with pytest.raises(ValidationError, match="cannot be checked"):
        actions.store(upload(b""), by=officer)
    assert "does not answer" in caplog.text
    assert not StoredFile.objects.exists()


def test_none_configured_none_asked(officer, settings):
    settings.CLAMAV_SOCKET = ""
    antivirus.check(HARMFUL)
    assert actions.store(upload(HARMFUL), by=officer).pk
