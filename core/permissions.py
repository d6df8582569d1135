"""Permission decorator of views: which permission a page needs before it reads anything."""

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
