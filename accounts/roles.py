"""The roles, once and for all: which group may do what. `sync` writes them into the database after each migration.

Scope is a different thing: a role says *what* somebody may do, postings (or national scope) *where*.
"""

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

OFFICER = "records officer"
ASSESSOR = "assessor"
DIRECTOR = "director"
REVIEWER = "reviewer"
COORDINATOR = "coordinator"
APPEALS = "programme appeals officer"
INSPECTOR = "inspector"
SYSADMIN = "system administrator"

LABELS = {
    OFFICER: _("Records officer"),
    ASSESSOR: _("Assessor"),
    DIRECTOR: _("Director"),
    REVIEWER: _("Reviewer"),
    COORDINATOR: _("Musalaha coordinator"),
    APPEALS: _("Programme appeals officer"),
    INSPECTOR: _("Inspector"),
    SYSADMIN: _("System administrator"),
}

# Roles whose scope is the whole country.
NATIONAL = frozenset({REVIEWER, COORDINATOR, APPEALS, INSPECTOR})

_REFERENCE_DATA = [
    f"{app}.{verb}_{model}"
    for app, model in [
        ("facilities", "region"),
        ("facilities", "facility"),
        ("facilities", "unit"),
        ("facilities", "regime"),
        ("inmates", "offence"),
        ("inmates", "organisation"),
    ]
    for verb in ("view", "add", "change")
]
_ACCOUNTS = [
    "accounts.view_user",
    "accounts.view_posting",
    "accounts.view_nightcode",
    "accounts.ask_change",
    "accounts.approve_change",
]

PERMISSIONS = {
    OFFICER: {
        "inmates.view_record",
        "inmates.view_cin",
        "inmates.view_health",
        "inmates.open_in_emergency",
        "inmates.view_classification",
        "inmates.view_statistics",
        "inmates.admit",
        "inmates.edit_identity",
        "inmates.import_register",
        "inmates.export_list",
        "inmates.propose_merge",
        "inmates.manage_sentences",
        "inmates.place",
        "inmates.release",
        "inmates.record_outing",
        "inmates.record_contact",
        "inmates.record_incident",
        "inmates.count_roll",
        "inmates.propose_transfer",
        "inmates.accept_transfer",
        "inmates.manage_keep_apart",
        "inmates.record_separation",
        "inmates.propose_separate",
        "inmates.serve_notice",
        "inmates.record_appeal",
        "inmates.settle_task",
        "inmates.decide_correction",
        "musalaha.view_programme",
        "musalaha.record_application",
        "musalaha.withdraw",
        "musalaha.record_follow_up",
    },
    ASSESSOR: {
        "inmates.view_record",
        "inmates.view_classification",
        "inmates.view_sensitive",
        "inmates.assess",
    },
    DIRECTOR: {
        "inmates.view_record",
        "inmates.view_cin",
        "inmates.view_health",
        "inmates.open_in_emergency",
        "inmates.supervise_emergency",
        "inmates.restrict_record",
        "inmates.view_classification",
        "inmates.view_statistics",
        "inmates.export_list",
        "inmates.approve_merge",
        "inmates.release",
        "inmates.record_incident",
        "inmates.decide_discipline",
        "inmates.sign_roll",
        "inmates.approve_transfer",
        "inmates.accept_transfer",
        "inmates.manage_keep_apart",
        "inmates.authorise_separation",
        "inmates.decide_separate",
        "inmates.record_separation",
        "inmates.settle_release_date",
        "inmates.settle_task",
        "inmates.confirm_correction",
        "inmates.decide_correction",
        "musalaha.view_programme",
        "musalaha.withdraw",
        "musalaha.confirm_removal",
        "accounts.name_permanence",
    },
    REVIEWER: {
        "inmates.view_record",
        "inmates.view_cin",
        "inmates.supervise_emergency",
        "inmates.restrict_record",
        "inmates.view_classification",
        "inmates.view_sensitive",
        "inmates.view_statistics",
        "inmates.decide_review",
        "inmates.postpone_review",
        "inmates.decide_appeal",
        "inmates.approve_merge",
        "inmates.verify_pardon",
        "inmates.confirm_correction",
        "accounts.name_permanence",
        "accounts.view_nightcode",
        "accounts.acknowledge_nightcode",
    },
    COORDINATOR: {
        "inmates.view_record",
        "inmates.view_cin",
        "inmates.view_statistics",
        "inmates.export_list",
        "inmates.record_pardon",
        "inmates.order_transfer",
        "musalaha.view_programme",
        "musalaha.record_application",
        "musalaha.manage_rounds",
        "musalaha.select",
        "musalaha.record_attendance",
        "musalaha.withdraw",
        "musalaha.propose_removal",
        "musalaha.graduate",
        "musalaha.manage_pardon_files",
        "musalaha.record_follow_up",
    },
    # Exceptions from the programme's rules are granted by somebody who never assesses or decides tiers: a reviewer who is
    # asked for one would learn who applied.
    APPEALS: {
        "inmates.view_record",
        "musalaha.view_programme",
        "musalaha.grant_exception",
        # Exits from the separate system may follow a graduation, of which a reviewer never learns.
        "inmates.answer_exit_appeal",
    },
    INSPECTOR: {
        "inmates.view_record",
        "inmates.read_restricted",
        "inmates.view_cin",
        "inmates.view_health",
        "inmates.supervise_emergency",
        "inmates.view_classification",
        "inmates.view_sensitive",
        "inmates.view_statistics",
        "musalaha.view_programme",
        "audit.view_trail",
        "accounts.view_permanence",
        "accounts.view_nightcode",
    },
    SYSADMIN: {*_ACCOUNTS, *_REFERENCE_DATA},
}


# What one asks for or does, and another decides: nobody holds both for good. A permanence may bring them together for some
# hours; then four eyes hold act by act.
FOUR_EYES = [
    ("inmates.assess", "inmates.decide_review"),
    ("inmates.propose_merge", "inmates.approve_merge"),
    ("inmates.propose_transfer", "inmates.approve_transfer"),
    ("inmates.count_roll", "inmates.sign_roll"),
    ("inmates.record_pardon", "inmates.verify_pardon"),
    ("inmates.assess", "musalaha.grant_exception"),
    ("inmates.decide_review", "musalaha.grant_exception"),
    ("inmates.propose_separate", "inmates.decide_separate"),
    ("inmates.decide_separate", "inmates.answer_exit_appeal"),
    ("musalaha.propose_removal", "musalaha.confirm_removal"),
    ("musalaha.select", "musalaha.grant_exception"),
]
# These keep no other role beside them: one rules over the accounts, the other looks at what everybody does.
ALONE = frozenset({SYSADMIN, INSPECTOR})


def incompatible():
    """Pairs of roles that no account may hold at once, each a tuple of two names in the order of `PERMISSIONS`."""
    names = list(PERMISSIONS)
    pairs = set()
    for n, first in enumerate(names):
        for second in names[n + 1 :]:
            held = [PERMISSIONS[first], PERMISSIONS[second]]
            for one, other in (held, held[::-1]):
                if any(does in one and decides in other for does, decides in FOUR_EYES):
                    pairs.add((first, second))
            if {first, second} & ALONE:
                pairs.add((first, second))
    return pairs


# Whoever assesses or decides tiers knows nothing of the programme, whatever other role they hold.
CLASSIFYING = frozenset({"inmates.assess", "inmates.decide_review"})
PROGRAMME = "musalaha."


def without_conflicts(permissions):
    """The permissions that a user keeps of all those of their roles."""
    permissions = frozenset(permissions)
    if CLASSIFYING.isdisjoint(permissions):
        return permissions
    return frozenset(name for name in permissions if not name.startswith(PROGRAMME))


def sync():
    """Make the groups, their permissions and what excludes each other what this file says.

    Raises LookupError for a permission no model has.
    """
    from accounts.models import IncompatibleRoles

    known = {
        f"{app}.{code}": pk
        for pk, app, code in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    for role, wanted in PERMISSIONS.items():
        missing = wanted - known.keys()
        if missing:
            raise LookupError(f"{role}: no such permission: {', '.join(sorted(missing))}")
        Group.objects.get_or_create(name=role)[0].permissions.set([known[name] for name in wanted])
    groups = {group.name: group for group in Group.objects.filter(name__in=PERMISSIONS)}
    IncompatibleRoles.objects.all().delete()
    IncompatibleRoles.objects.bulk_create(
        IncompatibleRoles(first=groups[first], second=groups[second]) for first, second in sorted(incompatible())
    )
