"""What one administrator asks for: a new account, other roles, a posting, a reset; and the answer of the other."""

from django import forms
from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import AccountChange, User
from config import clock
from core.forms import ReasonForm, text_area
from facilities.models import Facility

PERSON = ("first_name", "last_name", "language", "qualification")


class DayField(forms.DateField):
    """A full date in one box, dd/mm/yyyy."""

    def __init__(self, **options):
        super().__init__(input_formats=["%d/%m/%Y", "%Y-%m-%d"], **options)
        self.widget = forms.DateInput(
            format="%d/%m/%Y", attrs={"autocomplete": "off", "dir": "auto", "placeholder": _("dd/mm/yyyy")}
        )


class WhyForm(forms.Form):
    """Why a change is asked for: the other administrator decides on this."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=text_area(2),
        help_text=_("On what decision or paper. The other administrator decides on this."),
    )


class IdentifiedForm(WhyForm):
    """A change for somebody who cannot sign in, and might be somebody else."""

    identified = forms.ChoiceField(
        label=_("How the person was identified"),
        choices=[("", "—"), *AccountChange.Identified.choices],
        help_text=_("A name and a voice on the telephone are not enough."),
    )

    field_order = ["identified", "reason"]


class AccessForm(WhyForm):
    """A person, their roles, and whether these reach over the whole country."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    qualification = forms.CharField(
        label=_("Qualification"),
        max_length=120,
        required=False,
        help_text=_("Kept with each assessment this person makes."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=roles.LABELS.items(), widget=forms.CheckboxSelectMultiple
    )
    national = forms.BooleanField(
        label=_("National scope"),
        required=False,
        help_text=_(
            "Reviewers, coordinators, appeals officers and inspectors; without it they see the prisons of their postings."
        ),
    )

    field_order = ["username", *PERSON, "roles", "national", "facility", "starts_on", "ends_on", "reason"]

    def __init__(self, *args, user=None, **options):
        if user is not None:
            known = {name: getattr(user, name) for name in PERSON}
            options.setdefault("initial", known | {"roles": sorted(user.role_names), "national": user.national})
        super().__init__(*args, **options)

    @property
    def access(self):
        """What was asked for, as `changes.as_it_is` gives what is."""
        data = self.cleaned_data
        return {name: data[name] for name in PERSON} | {
            "roles": sorted(data["roles"]),
            "national": data["national"],
        }


class PostingForm(WhyForm):
    """A posting in a prison."""

    facility = forms.ModelChoiceField(label=_("Prison"), queryset=Facility.objects.none())
    starts_on = DayField(label=_("From"), initial=clock.today)
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The first day no longer served; empty: for good.")
    )

    field_order = ["facility", "starts_on", "ends_on", "reason"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["facility"].queryset = Facility.objects.order_by("code")

    def clean(self):
        """Refuse a posting that ends before it begins."""
        data = super().clean()
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] <= data["starts_on"]:
            self.add_error("ends_on", _("A posting ends after it began."))
        return data


class NewAccountForm(AccessForm, PostingForm):
    """A new account, with its first posting where the roles serve in a prison."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput({"dir": "ltr"}),
    )

    field_order = AccessForm.field_order

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["facility"].required = False
        self.fields["starts_on"].required = False

    @property
    def access(self):
        """As asked for, with the user name."""
        return super().access | {"username": self.cleaned_data["username"]}

    @property
    def posting(self):
        """The first posting, or None."""
        data = self.cleaned_data
        if not data.get("facility"):
            return None
        return {
            "facility": data["facility"],
            "starts_on": data.get("starts_on") or clock.today(),
            "ends_on": data.get("ends_on"),
        }


class PostingEndForm(WhyForm):
    """Until when a posting is served."""

    ends_on = DayField(label=_("Until"), initial=clock.today, help_text=_("The first day no longer served."))

    field_order = ["ends_on", "reason"]


class NightCodeForm(WhyForm):
    """For which prison's safe."""

    facility = forms.ModelChoiceField(label=_("Prison"), queryset=Facility.objects.order_by("code"))

    field_order = ["facility", "reason"]


class RefusalForm(ReasonForm):
    """Why a change is not approved."""

    def __init__(self, *args, **options):
        super().__init__(*args, label=_("Why not"), **options)


class FindForm(forms.Form):
    """What to look for among the accounts."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *roles.LABELS.items()])
    closed = forms.BooleanField(label=_("Closed accounts too"), required=False)

    def matching_users(self):
        """The accounts asked for, by user name."""
        users = User.objects.prefetch_related("groups", "postings__facility").order_by("username")
        if not self.is_valid():
            return users.filter(is_active=True)
        data = self.cleaned_data
        if not data["closed"]:
            users = users.filter(is_active=True)
        if data["role"]:
            users = users.filter(groups__name=data["role"])
        for word in data["q"].split():
            users = (
                users.filter(username__icontains=word)
                | users.filter(first_name__icontains=word)
                | users.filter(last_name__icontains=word)
            )
        return users
