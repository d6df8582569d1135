"""The tabs of a person's record, for every room's own page of it: `{% profile_tabs inmate "inmates:tab_custody" %}`."""

from django import template

from reports.profile import tabs

register = template.Library()


@register.inclusion_tag("reports/profile/_tabs.html", takes_context=True)
def profile_tabs(context, inmate, tab):
    """The row of tabs with `tab` (a URL name) marked as current."""
    return {"inmate": inmate, "tab": tab, "tabs": tabs(context["request"].user, inmate)}
