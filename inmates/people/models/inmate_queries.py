"""Reading people: whose record a user may open, who is held, what falls due."""

from django.db import models

from core import encryption


def _closed_to(user):
    """Primary keys of the people whose records are restricted and not open to this user."""
    from inmates.people.models.restrictions import RestrictionStep

    return RestrictionStep.objects.closed_to(user)


class InmateQuerySet(models.QuerySet):
    """Reading people. Everything that a view shows starts from `visible_to(user)`."""

    def visible_to(self, user):
        """People whose record this user may open: those in scope, without the restricted ones they are not named for."""
        return self.in_scope_of(user).exclude(pk__in=_closed_to(user))

    def in_scope_of(self, user):
        """People whom this user has to do with: everybody with national scope, else who is (or was last) in their prisons.

        Their restricted records too: for what holding, counting and a release need, and nothing else
        (`docs/decisions/restricted-records.md`). Whatever shows what a record holds starts from `visible_to`.
        """
        if not user.can("inmates.view_record"):
            return self.none()
        people = self.filter(merged_into=None)
        return people if user.sees_nation else people.filter(facility_id__in=user.facility_ids)

    def on_duty(self, user):
        """The same, each told apart by `closed`: whether the record is restricted and the user not named for it."""
        closed = models.Q(pk__in=_closed_to(user))
        return self.in_scope_of(user).annotate(
            closed=models.ExpressionWrapper(closed, output_field=models.BooleanField())
        )

    def in_custody(self):
        """People held now (absent ones are still on the register, but not held)."""
        return self.filter(status=self.model.Status.IN_CUSTODY)

    def for_list(self):
        """With what a list row shows, in one query."""
        return self.select_related("facility", "unit")

    def on_register(self):
        """People whose stay runs: held, or absent (escaped, not come back)."""
        return self.filter(status__in=self.model.ON_REGISTER)

    def review_overdue(self, on):
        """People whose tier review fell due before `on`; never on the due day itself."""
        return self.in_custody().filter(next_review_on__lt=on)

    def review_due(self, first, last):
        """People whose tier review falls due from `first` to `last`, both included."""
        return self.in_custody().filter(next_review_on__range=(first, last))

    def releases_until(self, day):
        """People in custody with a computed release date up to and including `day`."""
        return self.in_custody().filter(release_on__lte=day)

    def releases_overdue(self, on):
        """People in custody whose release date lies before `on`."""
        return self.in_custody().filter(release_on__lt=on)

    def update(self, **values):
        """As always; a number written so is written with its digest."""
        if "cin" in values:
            values["cin_digest"] = encryption.digest(values["cin"]) if values["cin"] else None
        return super().update(**values)

    def with_cin(self, *numbers):
        """People with one of these identity card numbers, whole and as they are stored; half a number finds nobody."""
        return self.filter(cin_digest__in={encryption.digest(number) for number in numbers if number})

    def search(self, text):
        """People matching a number, a CIN or a name in either script, best first, at most 200, inside this scope."""
        from inmates.people.search import search

        return search(self, text)
