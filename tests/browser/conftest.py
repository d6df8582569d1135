"""A headless Chromium that signs in as any user of the made-up service."""

import os
import shutil

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

PASSWORD = "only-in-tests-7"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def sign_in(chromium, live_server):
    """`sign_in(user, language="en")`: a page of the signed-in user; every error in its console fails the test."""
    contexts, problems = [], []

    def open_page(user, language="en", width=1280, height=900):
        user.language = language
        user.set_password(PASSWORD)
        user.save()
        context = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": height})
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text) if _ours(message) else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto("/accounts/login/")
        page.fill("input[name=login]", user.username)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def _ours(message):
    """Errors of our pages; an answer of 404 or 409 that a test asked for is none."""
    return message.type == "error" and "the server responded with a status of 4" not in message.text


@pytest.fixture
def clock(monkeypatch):
    """`clock(day)`: move the service to a day, as `bin/demo --today` does."""

    def move(day):
        monkeypatch.setattr(settings, "TODAY", day)

    return move
