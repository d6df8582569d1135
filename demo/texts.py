"""What staff write, in the languages they work in: reasons, evidence, statements. The words are in `texts.toml`."""

import tomllib
from pathlib import Path

_WORDS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def _by_tier(words):
    return {int(tier): lines for tier, lines in words.items()}


FIRST, PERIODIC, FINDINGS, UNTRIED, UNTRIED_FINDINGS = (
    _by_tier(_WORDS[name]) for name in ("first", "periodic", "findings", "untried", "untried_findings")
)
SOFTER, STRICTER, AFTER_ROUND = _WORDS["softer"], _WORDS["stricter"], _WORDS["after_round"]
DIFFERENCE, MID_TERM = _WORDS["difference"], _WORDS["mid_term"]
WITHDRAWAL, REMOVAL = _WORDS["withdrawal"], _WORDS["removal"]
STATEMENTS, FINAL_REPORTS, SUPPORT = _WORDS["statements"], _WORDS["final_reports"], _WORDS["support"]
APPEAL_GROUNDS, KEEP_APART, INCIDENTS = _WORDS["appeal_grounds"], _WORDS["keep_apart"], _WORDS["incidents"]


def first_reasons(rng, tier, *, final=True):
    """Reasons of a first decision."""
    return rng.choice((FIRST if final else UNTRIED)[tier])


def periodic_reasons(rng, tier, before, *, final=True):
    """Reasons of a later decision, given the tier before."""
    if not final:
        return rng.choice(UNTRIED[tier])
    if before is None or tier == before:
        return rng.choice(PERIODIC[tier])
    return rng.choice(SOFTER if tier > before else STRICTER)


def findings(tier, *, final, observed_on):
    """Findings that lead to this tier; before a final judgment only conduct in custody establishes anything."""
    return {
        domain: {
            "rating": rating,
            "established": established,
            "evidence": evidence,
            "source": source,
            "observed_on": observed_on,
        }
        for domain, rating, established, evidence, source in (FINDINGS if final else UNTRIED_FINDINGS)[tier]
    }
