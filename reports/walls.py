"""Row-level security: what the database shows and takes, whatever a page forgets (`docs/decisions/row-level-security.md`).

The first wall is `visible_to`, exact and by role. This one is coarser and does not depend on it: without a signed
context (`audit/signed_context.py`) no row of anybody; with one, the rows of people who are, were or are about to be
in the prisons it names; in the nation all. It is derived from the models, so that a new one is behind it from its
first migration on; `OPEN` lists what is not, each with its reason, and a test reads it.
"""

from django.apps import apps
from django.db import connection

from accounts import failures
from config.database import APP_ROLE

PERSON = "inmates_inmate"
LABELS = ("inmates", "musalaha")
NATION = "(SELECT audit_acts_in_nation())"
PLACES_OF = "(SELECT audit_acts_in())::bigint[]"
PLACES = f"ANY ({PLACES_OF})"
ACTOR = "(SELECT audit_actor())"
FAILED = ", ".join(f"'{verb}'" for verb in failures.VERBS)

OPEN = {
    "inmates_organisation": "reference data",
    "inmates_offence": "reference data",
    "inmates_nametoken": "spellings of all names together, nobody's",
    "musalaha_cohort": "a round is no person",
    "musalaha_session": "a session is no person",
    "musalaha_sessionevent": "its history",
    "inmates_pardoninstrument": "a decree's number and day; who is pardoned stands in the pardons",
}


def _exists(table, where):
    return f"EXISTS (SELECT 1 FROM {table} x WHERE {where})"  # noqa: S608


EXPLICIT = {
    PERSON: f"facility_id = {PLACES} OR inmates_has_to_do_with(id, {PLACES_OF})",
    # Of others: the record where it happened, and that of everybody it names.
    "inmates_incident": f"facility_id = {PLACES} OR {_exists('inmates_incidentperson', 'x.incident_id = {t}.id')}",
    "inmates_keepapartgroup": f"opened_by_id = {ACTOR} OR {_exists('inmates_keepapart', 'x.group_id = {t}.id')}",
    # Whoever may confirm finds those that wait, wherever they are.
    # That a record is restricted, for everybody, so that a page of another prison knows it too; nothing else of it.
    "inmates_restrictionstep": f"kind = 'restrict' AND state = 'approved' AND {ACTOR} IS NOT NULL",
    "inmates_correction": f"state IN ('proposed', 'decided') AND {ACTOR} IS NOT NULL"
    f" OR {ACTOR} IN (made_by_id, confirmed_by_id)",
    # One's own acts; of what nobody signed in for, what this very transaction wrote (INSERT ... RETURNING reads it); and
    # failed sign-ins, which administrators count.
    "audit_event": f"actor_id = {ACTOR} OR facility_id = {PLACES} OR inmate_id IS NULL AND at >= transaction_timestamp()"
    f" OR inmate_id IS NULL AND {ACTOR} IS NOT NULL AND verb IN ({FAILED})"
    f" OR {_exists(PERSON, 'x.id = {t}.inmate_id')}",
    # Each alone sees what they searched for; uploads are also of the prison that they are for.
    "inmates_savedsearch": f"owner_id = {ACTOR}",
    "inmates_pendingimport": f"owner_id = {ACTOR} OR facility_id = {PLACES}",
}
ONLY = {
    PERSON,
    "inmates_incident",
    "inmates_keepapartgroup",
    "audit_event",
    "inmates_savedsearch",
    "inmates_pendingimport",
}
"""Nothing derived beside what is explicit."""

CLOSED = "((SELECT inmates_closed_to_actor())::bigint[])"
# Of a restricted record, for the people named for it (`docs/decisions/restricted-records.md`): what no act of duty touches.
# The rest of a record an act of duty reads or writes (a release ends a review), and the first wall alone keeps it.
RESTRICTED = {
    "inmates_assessment": f"{{t}}.submitted_at IS NULL OR {{t}}.inmate_id <> ALL {CLOSED}",
    "inmates_finding": _exists("inmates_assessment", "x.id = {t}.assessment_id"),
    "inmates_returneedossier": f"{{t}}.inmate_id <> ALL {CLOSED}",
    "musalaha_progressnote": f"NOT {_exists('musalaha_enrolment', 'x.id = {t}.enrolment_id AND x.inmate_id = ANY ' + CLOSED)}",
}

OF_A_PERSON = {"inmates_returneedossier"}
"""Of those, what may be deleted, and is kept by the person alone: so is its history."""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION audit_actor() RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN a[1] = 'user' THEN a[2]::bigint END FROM (SELECT audit_acts() AS a) acts
$$;
CREATE OR REPLACE FUNCTION inmates_closed_to_actor() RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(r.inmate_id), '{}') FROM inmates_restrictionstep r
     WHERE r.kind = 'restrict' AND r.state = 'approved' AND audit_actor() IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM inmates_restrictionstep n WHERE n.inmate_id = r.inmate_id AND n.kind = 'name'
                          AND n.state = 'approved' AND n.user_id = audit_actor())
       AND NOT EXISTS (SELECT 1 FROM accounts_user_groups g
                         JOIN auth_group_permissions gp ON gp.group_id = g.group_id
                         JOIN auth_permission p ON p.id = gp.permission_id
                        WHERE g.user_id = audit_actor() AND p.codename = 'read_restricted')
$$;
CREATE OR REPLACE FUNCTION inmates_has_to_do_with(person bigint, places bigint[]) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM inmates_placement p WHERE p.inmate_id = person AND p.facility_id = ANY(places))
        OR EXISTS (SELECT 1 FROM inmates_transfer t WHERE t.inmate_id = person AND (
            t.origin_id = ANY(places) OR t.destination_id = ANY(places) AND t.state NOT IN ('refused', 'cancelled')))
        OR EXISTS (SELECT 1 FROM inmates_alert a WHERE a.inmate_id = person AND a.facility_id = ANY(places)
            AND a.acknowledged_at IS NULL)
    THEN
        RETURN places <@ audit_acts_in();  -- asked for other prisons than one's own, it tells nothing
    END IF;
    RETURN false;
END $$;
"""


HOW_TO = (
    "who may see its rows? Give the model a foreign key to the person, the prison or the record it hangs on, and its policy"
    " follows; else write one in EXPLICIT, or say in OPEN why it reaches nobody (reports/walls.py)"
)


def protected():
    """`{table: condition}` of every table behind the wall, row history included."""
    own = {
        model._meta.db_table: model
        for label in LABELS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if not model._meta.proxy and not hasattr(model, "pgh_tracked_model")
    }
    found = {table: _condition(table, model) for table, model in own.items() if table not in OPEN}
    found["audit_event"] = _condition("audit_event", apps.get_model("audit.Event"))
    for history in apps.get_models(include_auto_created=True):
        tracked = getattr(history, "pgh_tracked_model", None)
        if tracked is not None and tracked._meta.db_table in found:
            found[history._meta.db_table] = _of_history(history, tracked._meta.db_table)
    return found


def _of_history(history, source):
    """Whose history a table shows: of rows in sight, and of whom a row was about, since rows come to an end and history stays."""
    table = history._meta.db_table
    ways = [_exists(source, f"x.id = {table}.pgh_obj_id"), *_people(history)]
    if source not in RESTRICTED:
        return " OR ".join([NATION, *ways])
    if source not in OF_A_PERSON:  # its rows never come to an end
        return ways[0]
    return f"({' OR '.join([NATION, *ways])}) AND ({RESTRICTED[source].format(t=table)})"


def _people(model):
    """Conditions: a column leads to somebody in sight."""
    table = model._meta.db_table
    return [
        _exists(PERSON, f"x.id = {table}.{field.column}")
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.db_table == PERSON and field.name != "pgh_obj"
    ]


def _condition(table, model):
    """Whose rows a table shows: those of the places, of the people, or of the record they belong to."""
    ways = [EXPLICIT[table].format(t=table)] if table in EXPLICIT else []
    if table not in ONLY:
        leads = [(f.column, f.related_model._meta.db_table) for f in model._meta.concrete_fields if f.is_relation]
        people = _people(model)
        places = [f"{column} = {PLACES}" for column, to in leads if to == "facilities_facility"]
        # Where it says neither, or only where it was written: as the record of somebody that it hangs on.
        hangs = [
            _exists(to, f"x.id = {table}.{column}") for column, to in leads if to.startswith(LABELS) and to not in OPEN
        ]
        ways += [*places, *(people or hangs[:1])]
    if not ways:
        raise LookupError(f"{table}: " + HOW_TO)
    condition = " OR ".join([NATION, *ways])
    return f"({condition}) AND ({RESTRICTED[table].format(t=table)})" if table in RESTRICTED else condition


def build():
    """Put the wall up, by the owner, after each migration. The owner's own rows it never hides."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [APP_ROLE])
        if not cursor.fetchone():
            return
        cursor.execute(FUNCTIONS)
        for table, condition in protected().items():
            cursor.execute(f"ALTER TABLE {quote(table)} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS walls ON {quote(table)}")
            cursor.execute(
                f"CREATE POLICY walls ON {quote(table)} TO {quote(APP_ROLE)} USING ({condition}) WITH CHECK ({condition})"
            )
