"""Decorators of views: which permission a page needs before it reads anything, and how long it may stay open."""

from functools import wraps

from django.contrib.auth.decorators import login_required


def requires(*permissions):
    """View decorator: any one of these permissions opens the page, wherever the user serves; without one, 403.

    Scope is the view's own business: it starts from `visible_to(request.user)`, so that another prison's record is a 404.
    """

    def decorate(view):
        @login_required
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not any(request.user.can(permission) for permission in permissions):
                request.user.require(permissions[0])
            return view(request, *args, **kwargs)

        guarded.requires = permissions
        return guarded

    return decorate


def stays_open(view):
    """View decorator: this page is worked on for long without a request; its screen locks later than others."""
    view.stays_open = True
    return view
