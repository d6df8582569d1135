"""Who reads what stands encrypted: one rule, asked by every page, paper and export that would show it.

Identity card numbers are for those who identify people: who admits, corrects, merges, exports, records or verifies
a pardon, and the inspector. Health is for duty staff, who hold, count, visit and release, and for the inspector. Assessors
and the programme's appeals officer need neither. What assessments found has a permission of its own (`view_sensitive`), asked
by the pages of assessments; what the programme wrote down is behind its own (`participation`).
"""

CIN = "inmates.view_cin"
HEALTH = "inmates.view_health"
FINDINGS = "inmates.view_sensitive"

# Of records that pages show field by field: corrections, histories, both sides of a pair.
NEEDED = {
    ("inmate", "cin"): CIN,
    ("incident", "account"): HEALTH,
    ("incident", "measures"): HEALTH,
    ("separationbar", "ground"): HEALTH,
    ("separationbar", "source"): HEALTH,
    ("separationday", "health_visit_by"): HEALTH,
    ("separationday", "note"): HEALTH,
    ("finding", "rating"): FINDINGS,
    ("finding", "evidence"): FINDINGS,
    ("finding", "source"): FINDINGS,
    ("assessment", "suggestion"): FINDINGS,
}


def may_read(reader, model, name):
    """Whether a reader may see this field of records of a model."""
    needed = NEEDED.get((model._meta.model_name, name))
    return needed is None or reader.can(needed)


def may_read_cin(reader):
    """Whether a reader may see identity card numbers."""
    return reader.can(CIN)


def may_read_health(reader):
    """Whether a reader may see health data."""
    return reader.can(HEALTH)
