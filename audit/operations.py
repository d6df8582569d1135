"""Triggers in migrations: all of an app's models installed at once, and the operations of `pgtrigger` made cheap.

`pgtrigger` writes one operation a trigger; with row history on every table that is hundreds, each of which makes Django
render all models again.
"""

from functools import wraps

from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger, RemoveTrigger


def keep_rendered_models():
    """Leave the rendered models of a migration as they are where a trigger comes or goes: it is no part of them."""
    for operation in (AddTrigger, RemoveTrigger):
        operation.state_forwards = _without_rendering(operation.state_forwards)


def _without_rendering(forwards):
    @wraps(forwards)
    def state_forwards(self, app_label, state):
        state.reload_model = lambda *_model, **_options: None
        try:
            forwards(self, app_label, state)
        finally:
            del state.reload_model

    return state_forwards


class InstallTriggers(Operation):
    """Install every trigger that the state's models of this app have by now; backwards, uninstall them.

    The triggers stand in the options of `CreateModel`; this puts them into the database.
    """

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
