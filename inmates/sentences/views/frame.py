"""What the pages of this room share: a form about one person, which leads back to the custody tab."""

from django.urls import reverse

from core.action_pages import action_form
from inmates.people.visible import named


def back(inmate):
    """The person's custody tab."""
    return reverse("inmates:tab_custody", args=[inmate.uuid])


def person_form(request, inmate, form, act, title, success_message, **context):
    """A form about a person; see `action_form`."""
    return action_form(
        request,
        form=form,
        act=act,
        heading=named(title, inmate),
        back=back(inmate),
        success_message=success_message,
        **context,
    )
