"""Routes of the frame, the reports and the trail."""

from tests.matrix import ALL, APPEALS, ASSESSOR, INSPECTOR, RECORDS, Route

PERSON = {"args": lambda w: {"uuid": w.inmate.uuid}, "scoped": True}

ROUTES = {
    "today": Route(ALL),
    "profile": Route(RECORDS, **PERSON),
    "timeline": Route(RECORDS, **PERSON),
    "reports:statistics": Route(RECORDS - {ASSESSOR, APPEALS}),
    "reports:cross": Route(RECORDS - {ASSESSOR, APPEALS}),
    "reports:flows": Route(RECORDS - {ASSESSOR, APPEALS}),
    "reports:months": Route(RECORDS - {ASSESSOR, APPEALS}),
    "reports:capacity": Route(RECORDS - {ASSESSOR, APPEALS}),
    "audit:trail": Route(frozenset({INSPECTOR})),
    "audit:reading": Route(frozenset({INSPECTOR})),
    "audit:proof": Route(frozenset({INSPECTOR})),
    "audit:head": Route(frozenset({INSPECTOR})),
    "language": Route(ALL, method="post", data=lambda w: {"language": "fr"}, public=True),
    "account_login": Route(ALL, public=True),
    "account_logout": Route(ALL),
    "account_reauthenticate": Route(ALL),
    "account_change_password": Route(ALL),
    "own_sessions": Route(ALL),
}
