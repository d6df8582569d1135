"""The person: names in two scripts, birth, papers, the group, and the columns that lists read."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from audit import sight
from audit.history import tracked
from config import clock
from core.fields import DigestField, EncryptedTextField
from documents.models import StoredFile
from facilities.models import Facility, Sex, Tier, Unit
from inmates.people.models.inmate_queries import InmateQuerySet


class LegalStatus(models.TextChoices):
    """On what ground somebody is held (DESIGN 2); also the state of an inmate as a whole."""

    REMAND = "remand", _("Remand")
    CONVICTED_APPEAL = "convicted_appeal", _("Convicted, not final")
    CONVICTED_FINAL = "convicted_final", _("Convicted, final")
    CIVIL_IMPRISONMENT = "civil_imprisonment", _("Civil imprisonment")


class GroupRole(models.TextChoices):
    """Role in the group: alleged until a conviction is final."""

    RECRUITER = "recruiter", _("Recruiter")
    IDEOLOGUE = "ideologue", _("Ideologue or indoctrinator")
    FINANCIER = "financier", _("Financier")
    FIGHTER = "fighter", _("Fighter")
    LOGISTICS = "logistics", _("Logistical support")
    PROPAGANDIST = "propagandist", _("Propagandist")
    NON_COMBATANT = "non_combatant", _("Non-combatant")
    OTHER = "other", _("Other")


@tracked
class Organisation(models.Model):
    """A group that people belonged to or are alleged to have belonged to."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self):
        return self.name


ON_REGISTER = ["in_custody", "absent"]
CIN_FORM = r"^[A-Z]{1,2}[0-9]{5,8}\Z"


@tracked
class Inmate(models.Model):
    """One person, however often admitted. The columns under 'derived' are written by actions and the daily run only;
    `manage.py check_register` proves them against their sources.
    """

    class Status(models.TextChoices):
        IN_CUSTODY = "in_custody", _("In custody")
        ABSENT = "absent", _("Absent")
        RELEASED = "released", pgettext_lazy("status of a person", "Released")
        DECEASED = "deceased", _("Deceased")
        NOT_ADMITTED = "not_admitted", _("Not admitted")

    ON_REGISTER = ON_REGISTER  # held, or escaped: the stay runs
    closed = False  # of a person read by `on_duty`: restricted, and the reader is not named

    class BirthPrecision(models.TextChoices):
        DAY = "day", _("Day known")
        MONTH = "month", _("Month and year known")
        YEAR = "year", _("Year only")
        PRESUMED = "presumed", _("Presumed year")

    class AbcClass(models.TextChoices):
        A = "A", "A"
        B = "B", "B"
        C = "C", "C"

    class ReleaseBasis(models.TextChoices):
        """Why `release_on` is what it is, or is empty."""

        COMPUTED = "computed", _("Computed")
        SETTLED = "settled", _("Entered by a person, with reasons")
        LIFE = "life", _("No date: life")
        DEATH = "death", _("No date: death sentence")
        REMAND = "remand", _("No date: on remand")
        UNSETTLED = "unsettled", _("No date: a person must settle it")
        NONE = "none", _("No sentence recorded")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family_name_latin = models.CharField(_("family name (Latin)"), max_length=80, blank=True)
    given_name_latin = models.CharField(_("given name (Latin)"), max_length=80, blank=True)
    family_name_ar = models.CharField(_("family name (Arabic)"), max_length=80, blank=True)
    given_name_ar = models.CharField(_("given name (Arabic)"), max_length=80, blank=True)
    sort_key = models.CharField(max_length=170, editable=False, db_index=True)
    languages = ArrayField(
        models.CharField(max_length=20), verbose_name=_("languages understood"), default=list, blank=True
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices)
    birth_date = models.DateField(
        _("birth date"), null=True, blank=True, help_text=_("First day of the month or year where only that is known.")
    )
    birth_precision = models.CharField(
        _("birth date known to"), max_length=8, choices=BirthPrecision.choices, default=BirthPrecision.DAY
    )
    birthplace = models.CharField(_("birthplace"), max_length=120, blank=True)
    nationality = models.CharField(_("nationality"), max_length=2, default="MA", help_text=_("Two-letter country code"))
    second_nationality = models.CharField(_("second nationality"), max_length=2, blank=True)
    cin = EncryptedTextField(
        _("national ID card (CIN)"),
        max_length=10,
        null=True,
        blank=True,
        validators=[RegexValidator(CIN_FORM, _("One or two letters and 5 to 8 digits."))],
    )
    cin_digest = DigestField(
        of="cin", unique=True
    )  # what is unique and found, whole, since the number stands encrypted
    photo = models.ForeignKey(
        StoredFile, verbose_name=_("photo"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    group_role = models.CharField(_("role in the group"), max_length=16, choices=GroupRole.choices, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
    )
    is_returnee = models.BooleanField(
        _("returnee"),
        null=True,
        blank=True,
        help_text=_("Came back from a zone of armed conflict; empty when not known"),
    )
    abc_class = models.CharField(_("A/B/C class"), max_length=1, choices=AbcClass.choices, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    # Derived
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.NOT_ADMITTED, editable=False
    )
    facility = models.ForeignKey(
        Facility, verbose_name=_("prison"), null=True, on_delete=models.PROTECT, related_name="inmates", editable=False
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), null=True, on_delete=models.PROTECT, related_name="inmates", editable=False
    )
    registration_number = models.CharField(
        _("registration number"), max_length=20, blank=True, editable=False, db_index=True
    )
    legal_status = models.CharField(
        _("legal status"), max_length=20, choices=LegalStatus.choices, blank=True, editable=False
    )
    admitted_on = models.DateField(_("admitted on"), null=True, editable=False)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices, null=True, editable=False)
    tier_since = models.DateField(_("tier since"), null=True, editable=False)
    next_review_on = models.DateField(_("next review"), null=True, editable=False)
    release_on = models.DateField(_("release"), null=True, editable=False)
    release_basis = models.CharField(
        _("basis of the release date"),
        max_length=10,
        choices=ReleaseBasis.choices,
        default=ReleaseBasis.NONE,
        editable=False,
    )

    objects = InmateQuerySet.as_manager()

    class Meta:
        verbose_name = _("inmate")
        verbose_name_plural = _("inmates")
        default_permissions = ()
        permissions = [
            ("view_record", "Can see people's records"),
            ("view_classification", "Can see assessments and tier decisions"),
            ("view_sensitive", "Can see what assessments found (beliefs, conduct)"),
            ("view_health", "Can see health data"),
            ("view_cin", "Can see identity card numbers"),
            ("open_in_emergency", "Can open a record of another prison in an emergency"),
            ("supervise_emergency", "Can acknowledge records opened in an emergency"),
            ("restrict_record", "Can ask for restrictions of records and approve what another asked for"),
            ("read_restricted", "Reads restricted records without being named"),
            ("admit", "Can admit people"),
            ("edit_identity", "Can edit identity"),
            ("import_register", "Can import registers"),
            ("export_list", "Can export lists"),
            ("propose_merge", "Can propose to merge two records"),
            ("approve_merge", "Can approve a merge"),
            ("manage_sentences", "Can enter cases and sentences"),
            ("settle_release_date", "Can settle a release date with reasons"),
            ("record_pardon", "Can record pardons"),
            ("verify_pardon", "Can verify pardons"),
            ("place", "Can place and move people inside a prison"),
            ("release", "Can release people"),
            ("record_outing", "Can record outings"),
            ("record_contact", "Can record visits and calls"),
            ("record_incident", "Can record incidents"),
            ("decide_discipline", "Can decide disciplinary outcomes"),
            ("count_roll", "Can record roll counts"),
            ("sign_roll", "Can sign roll counts"),
            ("propose_transfer", "Can propose transfers"),
            ("approve_transfer", "Can approve transfers out"),
            ("accept_transfer", "Can accept transfers in"),
            ("order_transfer", "Can order national transfers"),
            ("manage_keep_apart", "Can record keep-apart duties"),
            ("authorise_separation", "Can authorise separation"),
            ("record_separation", "Can record the facts of separation"),
            ("propose_separate", "Can propose admission to the separate system and exit from it"),
            ("decide_separate", "Can decide admission to the separate system and exit from it"),
            ("answer_exit_appeal", "Can answer an appeal against an exit from the separate system"),
            ("assess", "Can assess"),
            ("decide_review", "Can decide a tier review"),
            ("postpone_review", "Can postpone a review"),
            ("serve_notice", "Can serve notices"),
            ("record_appeal", "Can record an inmate's appeal"),
            ("decide_appeal", "Can decide an appeal"),
            ("settle_task", "Can settle tasks"),
            ("view_statistics", "Can see the statistics"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(family_name_latin="", given_name_latin="", family_name_ar="", given_name_ar=""),
                name="inmate_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(cin=None, cin_digest=None)
                | (Q(cin__isnull=False, cin_digest__isnull=False, cin_digest__regex=r"^[0-9a-f]{64}$") & ~Q(cin="")),
                name="inmate_cin_with_its_digest",
            ),
            models.CheckConstraint(condition=Q(tier=None) | Q(tier__in=[1, 2, 3]), name="inmate_tier_known"),
            models.CheckConstraint(condition=Q(tier=None) | Q(tier_since__isnull=False), name="inmate_tier_has_a_day"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="inmate_not_merged_into_itself"),
            models.CheckConstraint(
                condition=~Q(status="in_custody") | Q(facility__isnull=False, unit__isnull=False),
                name="inmate_in_custody_is_somewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="inmate_by_name"),
            models.Index(fields=["facility", "status", "sort_key", "id"], name="inmate_by_prison"),
            models.Index(fields=["status", "tier"], name="inmate_by_tier"),
            # The list as it opens: people on the register by name, in one prison or in all.
            models.Index(
                fields=["facility", "sort_key", "id"],
                condition=Q(status__in=ON_REGISTER, merged_into=None),
                name="inmate_present_by_prison",
            ),
            models.Index(
                fields=["sort_key", "id"],
                condition=Q(status__in=ON_REGISTER, merged_into=None),
                name="inmate_present_by_name",
            ),
            # Its other orders.
            models.Index(fields=["registration_number", "id"], name="inmate_by_number"),
            models.Index(fields=["birth_date", "id"], name="inmate_by_birth"),
            models.Index(fields=["admitted_on", "id"], name="inmate_by_admission"),
            models.Index(
                fields=["next_review_on", "id"],
                condition=Q(status__in=ON_REGISTER, merged_into=None),
                name="inmate_present_by_review",
            ),
            models.Index(fields=["release_on", "id"], name="inmate_by_release"),
            models.Index(fields=["next_review_on"], condition=Q(status="in_custody"), name="inmate_review_due"),
            models.Index(fields=["release_on"], condition=Q(status="in_custody"), name="inmate_release_due"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The person's profile."""
        return reverse("profile", args=[self.uuid])

    @property
    def name_latin(self):
        """FAMILY Given, in Latin script; empty when unknown."""
        sight.named(self)
        return f"{self.family_name_latin.upper()} {self.given_name_latin}".strip()

    @property
    def name_ar(self):
        """Given family, in Arabic script; empty when unknown."""
        sight.named(self)
        return f"{self.given_name_ar} {self.family_name_ar}".strip()

    @property
    def name(self):
        """The name in the reader's script, or in the other where that is all there is."""
        if (get_language() or "").startswith("ar"):
            return self.name_ar or self.name_latin
        return self.name_latin or self.name_ar

    @property
    def other_name(self):
        """The name in the other script, if there is one beside `name`."""
        other = self.name_latin if (get_language() or "").startswith("ar") else self.name_ar
        return other if other != self.name else ""

    @property
    def role_is_alleged(self):
        """Whether the role in the group is only alleged: true until a conviction is final."""
        return self.legal_status != LegalStatus.CONVICTED_FINAL

    @property
    def convicted(self):
        """Whether the person counts as convicted for the rules of a unit (under appeal or final)."""
        return self.legal_status in (LegalStatus.CONVICTED_APPEAL, LegalStatus.CONVICTED_FINAL)

    def survivor(self):
        """The record that stands for this person: itself, or the one it was merged into, however often."""
        person = self
        while person.merged_into_id is not None:
            person = Inmate.objects.select_related("facility").get(pk=person.merged_into_id)
        return person

    @property
    def held(self):
        """Whether the person is in custody now."""
        return self.status == self.Status.IN_CUSTODY


@tracked
class Alias(models.Model):
    """Another name: *kunya*, nom de guerre, or a spelling used before a correction."""

    class Kind(models.TextChoices):
        KUNYA = "kunya", _("Kunya")
        NOM_DE_GUERRE = "nom_de_guerre", _("Nom de guerre")
        SPELLING = "spelling", _("Other spelling")
        FORMER = "former", _("Former entry")

    inmate = models.ForeignKey(Inmate, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.KUNYA)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["inmate", "text"], name="alias_once")]

    def __str__(self):
        return self.text


@tracked
class ReturneeDossier(models.Model):
    """What is known of a person's time abroad. Everything may be unknown."""

    inmate = models.OneToOneField(Inmate, on_delete=models.CASCADE, related_name="dossier")
    theatre = models.CharField(_("theatre"), max_length=80, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    route = models.CharField(_("route"), max_length=200, blank=True)
    how_returned = models.CharField(_("how repatriated"), max_length=200, blank=True)
    family_left_behind = models.TextField(_("family left behind"), blank=True)

    class Meta:
        verbose_name = _("returnee dossier")
        verbose_name_plural = _("returnee dossiers")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(returned_on=None) | Q(returned_on__gte=F("left_on")),
                name="dossier_returned_after_leaving",
            ),
        ]

    def __str__(self):
        return str(self.inmate)
