"""Decorators of views: which permission a page needs before it reads anything, and how long it may stay open."""

from functools import wraps

from django.contrib.auth.decorators import login_required

# When a page asks again who its reader is, if they have not said so lately: before it acts, or before it opens.
TO_ACT, TO_OPEN = "acts", "opens"


def requires(*permissions, confirm=None):
    """View decorator: any one of these permissions opens the page, wherever the user serves; without one, 403.

    None named, and whoever is signed in may: for what is about oneself.

    With `confirm`, the person says again who they are before it acts (`TO_ACT`: what changes something) or before it opens
    (`TO_OPEN`: exports), if that was some minutes ago. `accounts.middleware` asks, and goes on with what was typed.

    Scope is the view's own business: it starts from `visible_to(request.user)`, so that another prison's record is a 404.
    """

    def decorate(view):
        @login_required
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if permissions and not any(request.user.can(permission) for permission in permissions):
                request.user.require(permissions[0])
            return view(request, *args, **kwargs)

        guarded.requires = permissions
        guarded.confirm = confirm
        return guarded

    return decorate


def stays_open(view):
    """View decorator: this page is worked on for long without a request; its screen locks later than others."""
    view.stays_open = True
    return view
