"""A migration operation that installs all triggers of an app's models at once.

`pgtrigger` writes one operation a trigger; with row history on every table that is hundreds, each of which makes Django
render all models again. The triggers stand in the options of `CreateModel`; this puts them into the database.
"""

from django.db.migrations.operations.base import Operation


class InstallTriggers(Operation):
    """Install every trigger that the state's models of this app have by now; backwards, uninstall them."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label, state):
        """The state knows the triggers already."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Create functions and triggers."""
        for trigger in self._triggers(app_label, to_state):
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Drop functions and triggers."""
        for trigger in self._triggers(app_label, to_state):
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self):
        """For the list of planned operations."""
        return "Install the triggers of all models"

    def _triggers(self, app_label, state):
        """Compiled triggers of the app's models."""
        for (app, _name), model in sorted(state.models.items()):
            if app == app_label:
                yield from model.options.get("triggers", ())
