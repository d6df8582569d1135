"""The coordinator's board, the outcomes, and the programme's own part of a person's profile."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.gate import needs
from audit import trail
from inmates.people.models import Inmate
from musalaha import numbering, path
from musalaha import outcomes as figures
from musalaha.models import Application, Certificate, Cohort
from musalaha.views.shared import person


@needs("musalaha.view_programme")
def home(request):
    """Rounds on a time line, who is where in the path, and what is due this week."""
    user = request.user
    rounds = list(Cohort.objects.select_related("facility", "unit")[:60])
    path.count_people(rounds)
    return render(
        request,
        "musalaha/home.html",
        {
            "rounds": rounds,
            "timeline": path.timeline(rounds),
            "stages": path.stages(user),
            "due": path.due_this_week(user),
            "may_plan": user.can("musalaha.manage_rounds"),
            "may_select": user.can("musalaha.select"),
        },
    )


@needs("musalaha.view_programme")
def outcomes(request):
    """Shares with their denominators, the funnel of each round, and new convictions by years observed."""
    user = request.user
    found = figures.outcomes()
    rows = [
        ("pardoned", _("Royal pardon, whole or part")),
        ("reduced", _("of them: part only")),
        ("released", _("Released since")),
        ("reconvicted", _("Convicted again: terrorism")),
        ("reconvicted_other", _("Convicted again: another offence")),
    ]
    rates = []
    for name, label in rows:
        finished, took_part = found.share(name, "finished"), found.share(name, "took_part")
        hide = not user.sees_nation and any(
            figures.small(n) or figures.small(of - n) for n, of in (finished, took_part)
        )
        rates.append((label, None if hide else finished, None if hide else took_part))
    completed = Cohort.objects.exclude(started_on=None).order_by("number")
    return render(
        request,
        "musalaha/outcomes.html",
        {
            "rates": rates,
            "finished": len(found.finished),
            "took_part": len(found.took_part),
            "running": len(found.running),
            "windows": figures.reconviction(user=user),
            "funnels": [(cohort, figures.funnel(cohort, user)) for cohort in completed],
            "steps": [path.STEP_LABELS[name] for name in figures.STEPS],
            "national": user.sees_nation,
            "group_labels": {"graduates": _("Graduates"), "others": _("Comparable non-graduates")},
        },
    )


@needs("musalaha.view_programme")
def check_certificate(request):
    """Is this certificate number one of ours?"""
    number = numbering.tidy(request.GET.get("number", ""))
    found, well_formed = None, bool(number) and numbering.well_formed(number)
    if well_formed:
        found = (
            Certificate.objects.filter(number=number, enrolment__inmate__in=Inmate.objects.visible_to(request.user))
            .select_related("enrolment__inmate", "enrolment__cohort")
            .first()
        )
        issued = found is not None or Certificate.objects.filter(number=number).exists()
    else:
        issued = False
    if found is not None:
        trail.viewed("certificate", by=request.user, inmate=found.enrolment.inmate, obj=found)
    return render(
        request,
        "musalaha/check_certificate.html",
        {"number": number, "found": found, "issued": issued, "well_formed": well_formed},
    )


@needs("musalaha.view_programme")
def tab_programme(request, uuid):
    """The programme's part of a profile: applications, rounds, pardon files and pardons, life after release."""
    inmate = person(request, uuid)
    user = request.user
    trail.viewed("programme", by=user, inmate=inmate)
    return render(
        request,
        "musalaha/tab.html",
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
            "released": inmate.admissions.filter(released_at__isnull=False).exists() and not inmate.held,
            "may_apply": inmate.held
            and user.can("musalaha.record_application", at=inmate.facility)
            and not inmate.applications.live().exists(),
            "may_file": user.can("musalaha.manage_pardon_files", at=inmate.facility),
            "may_record_pardon": user.can("inmates.record_pardon"),
            "may_follow": user.can("musalaha.record_follow_up", at=inmate.facility),
        },
    )
