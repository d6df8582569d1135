"""The pages' frame: errors, fonts, forms, and what htmx gets."""

from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from config.fonts import FONTS, FontFinder

TEMPLATES = Path(__file__).parents[2] / "templates"


class Plea(forms.Form):
    why = forms.CharField(label="Reasons")

    def clean(self):
        raise forms.ValidationError("The two dates contradict each other.")


def test_the_page_of_last_resort_needs_nothing():
    page = render_to_string("500.html")
    for words in ("This did not work", "L’opération n’a pas abouti", "تعذر إتمام العملية"):
        assert words in page


@pytest.mark.parametrize("name", ["403.html", "404.html", "409.html"])
def test_an_error_is_a_page_for_a_reader_and_a_fragment_for_htmx(name):
    factory = RequestFactory()
    whole, part = factory.get("/"), factory.get("/", headers={"HX-Request": "true"})
    for request in (whole, part):
        request.htmx = HtmxDetails(request)
    with translation.override("en"):
        page = render_to_string(name, {"request": whole})
        fragment = render_to_string(name, {"request": part})
    assert "<!doctype html>" in page
    assert "<!doctype html>" not in fragment
    assert "<h1>" in fragment


def test_a_stale_form_shows_both_versions():
    versions = {"theirs": [{"label": "Unit", "value": "B"}], "yours": [{"label": "Unit", "value": "<A>"}]}
    page = render_to_string("409.html", {**versions, "back_url": "/inmates/"})
    assert "<dd>B</dd>" in page
    assert "<dd>&lt;A&gt;</dd>" in page
    assert 'href="/inmates/"' in page


def test_errors_are_listed_above_the_form_and_linked_to_their_fields():
    form = Plea({"why": ""})
    page = render_to_string("_form.html", {"form": form, "heading": "Incident", "cancel_url": "/"})
    assert 'href="#id_why"' in page
    assert page.count("The two dates contradict each other.") == 1
    assert "data-errors" in page


def test_a_form_without_errors_lists_none():
    assert "data-errors" not in render_to_string("_form.html", {"form": Plea(), "heading": "Incident"})


def test_the_direction_follows_the_language():
    arabic = {"LANGUAGE_CODE": "ar", "LANGUAGE_BIDI": True}
    assert '<html lang="ar" dir="rtl">' in render_to_string("404.html", arabic)
    assert "bootstrap.rtl" in render_to_string("404.html", arabic)
    assert 'dir="ltr"' in render_to_string("404.html", {"LANGUAGE_CODE": "fr", "LANGUAGE_BIDI": False})


@pytest.mark.parametrize("name", FONTS)
def test_fonts_come_from_their_packages(name):
    assert Path(finders.find(name)).stat().st_size > 100_000
    assert name in {path for path, _ in FontFinder().list([])}


def test_an_unknown_font_is_not_found():
    assert finders.find("fonts/other.ttf") is None
    with pytest.raises(FileNotFoundError):
        FontFinder.storage.path("fonts/other.ttf")


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_breaks_the_content_policy(path):
    source = path.read_text()
    for forbidden in (' style="', "<style", " onclick=", " onchange=", " onsubmit=", "javascript:", "hx-on"):
        assert forbidden not in source, forbidden
    assert "<script>" not in source
