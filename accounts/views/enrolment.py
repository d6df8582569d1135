"""The page where somebody chooses a password with two codes. Open to all, since nobody is signed in yet."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.actions.enrolment import enrol as choose_password
from accounts.forms.enrolment import EnrolmentForm


@login_not_required
@sensitive_post_parameters()
def enrol(request):
    """Ask for the two codes and a password; then to the sign-in page."""
    form = EnrolmentForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if not ratelimit.consume(request, action="enrol"):
            form.add_error(None, _("Too many tries from here. Wait some minutes."))
        elif form.is_valid():
            data = form.cleaned_data
            user = choose_password(
                username=data["username"].strip(), paper=data["paper"], spoken=data["spoken"], password=data["password"]
            )
            if user is not None:
                messages.success(request, _("Your password is set. Sign in with it."))
                return redirect("account_login")
            form.add_error(
                None, _("User name and codes do not fit together, or the codes are spent. After five tries they are.")
            )
        status = 422
    return render(request, "accounts/enrol.html", {"form": form}, status=status)
