"""Operations of migrations that only add or remove a trigger do not render all models again."""

import pgtrigger
from django.db import models
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger


def test_a_trigger_comes_and_goes_and_the_rendered_models_stay():
    state = ProjectState()
    state.add_model(ModelState("audit", "Sheet", [("id", models.AutoField(primary_key=True))]))
    rendered = state.apps.get_model("audit", "sheet")
    trigger = pgtrigger.Trigger(name="kept", operation=pgtrigger.Delete, when=pgtrigger.Before, func="RETURN NULL;")
    AddTrigger("sheet", trigger).state_forwards("audit", state)
    assert state.models["audit", "sheet"].options["triggers"] == [trigger]
    assert state.apps.get_model("audit", "sheet") is rendered
    RemoveTrigger("sheet", "kept").state_forwards("audit", state)
    assert state.models["audit", "sheet"].options["triggers"] == []
    assert state.apps.get_model("audit", "sheet") is rendered
    state.reload_model("audit", "sheet")  # what changes a model renders it anew, as before
    assert state.apps.get_model("audit", "sheet") is not rendered
