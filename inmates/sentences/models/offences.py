"""Articles of law, a row a version."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audit.history import tracked


class OffenceQuerySet(models.QuerySet):
    """Reading offences."""

    def in_force_on(self, day):
        """Each article as it stood on a day; the day on which a version ends is the first of the next."""
        began = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(began).filter(Q(valid_until=None) | Q(valid_until__gt=day))


@tracked
class Offence(models.Model):
    """An article of law, with the range of the prison term it carries. A new wording is a new row: a version.

    Versions of one article share its `code`, and no two of them are in force on one day. `to_check`: the range is
    recalled and to be read again in the law's text (policy).
    """

    code = models.CharField(
        _("code"),
        max_length=40,
        blank=True,
        help_text=_("The same for every version of an article; empty: the article's number."),
    )
    law = models.CharField(_("law"), max_length=120)
    article = models.CharField(_("article"), max_length=40)
    label = models.CharField(_("offence"), max_length=200)
    label_fr = models.CharField(_("offence in French"), max_length=200, blank=True)
    label_ar = models.CharField(_("offence in Arabic"), max_length=200, blank=True)
    min_years = models.PositiveSmallIntegerField(_("least term in years"), null=True, blank=True)
    max_years = models.PositiveSmallIntegerField(_("greatest term in years"), null=True, blank=True)
    terrorism = models.BooleanField(_("terrorism"), default=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_until = models.DateField(
        _("in force until"), null=True, blank=True, help_text=_("The first day of the next version.")
    )
    to_check = models.BooleanField(_("range to be checked in the law's text"), default=False)

    objects = OffenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("offence")
        verbose_name_plural = _("offences")
        ordering = ["law", "article"]
        constraints = [
            models.UniqueConstraint(fields=["law", "article", "valid_from"], name="offence_once"),
            models.CheckConstraint(
                condition=Q(min_years=None) | Q(max_years=None) | Q(max_years__gte=F("min_years")), name="offence_range"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="offence_has_a_code"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="offence_version_lasts_a_day",
                violation_error_message=_("The end lies before the start."),
            ),
            ExclusionConstraint(
                name="offence_one_version_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (Func(F("valid_from"), F("valid_until"), function="DATERANGE"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another version of this article is in force on some of these days."),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **options):
        """For rows that no form has cleaned, too."""
        self.clean()
        super().save(*args, **options)

    def clean(self):
        """An article without a code of its own has its number as its code."""
        self.code = self.code or self.article

    @property
    def title(self):
        """Article and label in the reader's language, with the years of a version that is past."""
        label = {"fr": self.label_fr, "ar": self.label_ar}.get((get_language() or "")[:2]) or self.label
        title = f"{self.article} · {label}"
        if self.valid_until is None:
            return title
        since = self.valid_from.year if self.valid_from else ""
        return f"{title} (\u2068{since}–{self.valid_until.year}\u2069)"

    def in_force_on(self, day):
        """Whether this version is in force on a day."""
        return (self.valid_from or day) <= day and (self.valid_until is None or day < self.valid_until)

    def on(self, day):
        """The version of this article in force on a day; None where there was none."""
        return Offence.objects.in_force_on(day).filter(code=self.code).first()
