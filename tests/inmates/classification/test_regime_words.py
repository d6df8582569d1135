"""What a regime says of company and work is read in the reader's language where it is stored in it."""

from django.urls import reverse
from django.utils import translation

from facilities.models import Regime
from inmates import reference
from inmates.classification.tier_effects import effects


def test_an_arabic_reader_reads_arabic_and_others_what_is_stored(client, inmate, officer):
    Regime.objects.all().delete()
    reference.load()
    for regime in Regime.objects.all():
        with translation.override("fr"):
            french = regime.association_words, regime.work_words
        with translation.override("ar"):
            arabic = regime.association_words, regime.work_words
            assert [effect.association_words for effect in effects(inmate) if effect.tier == regime.tier] == [arabic[0]]
        assert not any(letter.isascii() and letter.isalpha() for letter in "".join(arabic))
        assert french == (regime.association, regime.work_and_education)
    officer.language = "ar"
    officer.save()
    client.force_login(officer)
    page = client.get(reverse("facilities:regimes")).content.decode()
    assert "Cour et repas" not in page
    assert "الفسحة" in page


def test_without_an_arabic_form_the_french_one_is_read():
    regime = Regime(tier=1, association="Cour")
    with translation.override("ar"):
        assert (regime.association_words, regime.work_words) == ("Cour", "")
