"""The page where somebody chooses a password with two codes. Open to all, since nobody is signed in yet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts import second_factor
from accounts.actions.enrolment import enrol as choose_password
from accounts.adapter import too_fast
from accounts.forms.enrolment import EnrolmentForm
from accounts.limits import Tries


@login_not_required
@sensitive_post_parameters()
def enrol(request):
    """Ask for the two codes and a password; then to the sign-in page."""
    form = EnrolmentForm(request.POST or None)
    status = 200
    if request.method == "POST":
        tries = Tries(request, f"enrol {request.POST.get('username', '')}")
        if seconds := tries.wait():
            form.add_error(None, too_fast(seconds))
        elif form.is_valid():
            data = form.cleaned_data
            user = choose_password(
                username=data["username"].strip(),
                paper=data["paper"],
                spoken=data["spoken"],
                password=data["password"],
                address=second_factor.client_address(),
            )
            if user is not None:
                messages.success(request, _("Your password is set. Sign in with it."))
                return redirect("account_login")
            tries.failed()
            form.add_error(
                None, _("User name and codes do not fit together, or the codes are spent. After five tries they are.")
            )
        status = 422
    return render(request, "accounts/enrol.html", {"form": form}, status=status)
