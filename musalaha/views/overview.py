"""First page of the programme."""

from django.shortcuts import render

from core.permissions import requires
from musalaha import overview
from musalaha.models import Cohort


@requires("musalaha.view_programme")
def home(request):
    """Rounds on a time line, who is where in the path, and what is due this week."""
    user = request.user
    cohorts = list(Cohort.objects.select_related("facility", "unit")[:60])
    overview.count_people(cohorts)
    return render(
        request,
        "musalaha/overview/home.html",
        {
            "cohorts": cohorts,
            "timeline": overview.timeline(cohorts),
            "stages": overview.stages(user),
            "due": overview.due_this_week(user),
            "may_plan": user.can("musalaha.manage_rounds"),
            "may_select": user.can("musalaha.select"),
        },
    )
