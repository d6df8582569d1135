"""Programme tab of a person's profile."""

from django.shortcuts import render

from audit import trail
from core.permissions import requires
from inmates.people.visible import visible_person
from musalaha.models import Application


@requires("musalaha.view_programme")
def programme(request, uuid):
    """Applications, rounds, pardon files and pardons, and life after release of one person."""
    inmate = visible_person(request, uuid)
    user = request.user
    trail.viewed("programme", by=user, inmate=inmate)
    return render(
        request,
        "musalaha/profile/programme.html",
        {
            "inmate": inmate,
            "tab": "musalaha:tab_programme",
            "applications": Application.objects.visible_to(user)
            .filter(inmate=inmate)
            .select_related("cohort")
            .order_by("-asked_on", "-pk"),
            "enrolments": inmate.enrolments.select_related("cohort", "certificate").order_by("-started_on"),
            "files": inmate.pardon_files.select_related("sentence", "pardon").order_by("-opened_on"),
            "pardons": inmate.pardons.select_related("instrument", "sentence").order_by("-instrument__dated_on"),
            "follow_ups": inmate.follow_ups.select_related("admission").order_by("due_on"),
            "reconvictions": inmate.reconvictions.order_by("-final_on"),
            "record_checks": inmate.record_checks.order_by("checked_on"),
            "released": inmate.admissions.filter(released_at__isnull=False).exists() and not inmate.held,
            "may_apply": inmate.held
            and user.can("musalaha.record_application", at=inmate.facility)
            and not inmate.applications.live().exists(),
            "may_file": user.can("musalaha.manage_pardon_files", at=inmate.facility),
            "may_record_pardon": user.can("inmates.record_pardon"),
            "may_follow": user.can("musalaha.record_follow_up", at=inmate.facility),
        },
    )
