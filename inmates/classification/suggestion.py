"""Which of the three tiers the findings point to, and which findings led there. A suggestion, never a decision.

No score, no weights: named rules over named findings, in the order of the tiers' definitions. The same rules in words,
for an inspector to check against this file, stand in `docs/decisions/tier-suggestion.md`.

What never counts: religious practice (no rule rests on beliefs alone), nationality, withdrawal from the programme or
never having asked for it. 'Not known' is never read as 'none': where it would decide, no tier is suggested. What is
only alleged grounds neither tier 1 nor tier 2. Where no definition fits, that is said and nothing is suggested.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from inmates.classification.models import Finding

Domain: Any = Finding.Domain  # choices: text to a reader, a pair of texts to a type checker
Rating: Any = Finding.Rating
LEVEL = {Rating.NONE: 0, Rating.SOME: 1, Rating.MARKED: 2}
RISKS = (Domain.IDEOLOGY, Domain.GROUP_ROLE, Domain.FINANCE, Domain.RECRUITMENT, Domain.VIOLENCE)
ACTS = (Domain.GROUP_ROLE, Domain.FINANCE, Domain.RECRUITMENT, Domain.VIOLENCE, Domain.CONDUCT)
IMPLICATING = (Domain.FINANCE, Domain.RECRUITMENT)  # established at all, they are never "comparatively unthreatening"
CHANGE = (Domain.REMORSE, Domain.ENGAGEMENT)

TEXTS = {
    "financier": _("Tier 1: finance of terrorism is established and marked."),
    "recruiter": _("Tier 1: recruitment or indoctrination is established and marked."),
    "leader": _("Tier 1: a leading role in the group is established."),
    "hardliner": _(
        "Tier 1: beliefs that call for violence are established and marked, an act beside them is established, and no"
        " sign of reconciliation is seen."
    ),
    "outweighed": _(
        "Tier 2 and not 1: marked signs of reconciliation, with remorse or engagement, and no marked misconduct in"
        " custody."
    ),
    "reconcilable": _("Tier 2: an extremist commitment is established, and signs of reconciliation are seen."),
    "uninvolved": _(
        "Tier 3: neither fighting nor preaching violence: beliefs and violence are known and none is seen, and no other"
        " risk is marked."
    ),
    "implicated": _("Not tier 3: finance or recruitment is established."),
    "fighter": _("No definition covers a fighter in whom no sign of reconciliation is seen."),
    "open": _("The findings fit none of the three definitions: the assessor's judgement alone proposes."),
    "unknown": _("Not known, and it would matter:"),
    "alleged": _("Alleged only. A charge alone grounds no tier; once established it would matter:"),
}


@dataclass(frozen=True)
class Ground:
    """One rule that spoke, and the domains whose findings made it speak."""

    code: str
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """The tier (or None: the findings suggest none) and every ground, those against included."""

    tier: int | None
    grounds: tuple[Ground, ...]

    def as_json(self) -> list[dict[str, Any]]:
        """As kept with the assessment: codes, not words, so that it is read in any language."""
        return [{"code": ground.code, "domains": list(map(str, ground.domains))} for ground in self.grounds]


class _Findings:
    """Findings by domain, with the questions that the rules put to them."""

    def __init__(self, findings: Mapping[str, Mapping[str, Any]]) -> None:
        self.by = {domain: dict(value) for domain, value in findings.items()}

    def known(self, domain: str) -> bool:
        return bool(self.by.get(domain, {}).get("rating", Rating.NOT_KNOWN) != Rating.NOT_KNOWN)

    def seen(self, domain: str, least: str = Rating.SOME) -> bool:
        return self.known(domain) and LEVEL[self.by[domain]["rating"]] >= LEVEL[least]

    def none(self, domain: str) -> bool:
        return self.known(domain) and bool(self.by[domain]["rating"] == Rating.NONE)

    def established(self, domain: str, least: str = Rating.SOME) -> bool:
        return self.seen(domain, least) and bool(self.by[domain].get("established"))

    def alleged(self, domain: str) -> bool:
        return self.seen(domain) and not self.by[domain].get("established")


def suggest(findings: Mapping[str, Mapping[str, Any]]) -> Suggestion:
    """The suggestion for `{domain: {"rating": ..., "established": bool}}`; a missing domain is not known."""
    f = _Findings(findings)
    first = _tier_one(f)
    if first:
        if _outweighed(f):
            favour = tuple(d for d in (Domain.RECONCILIATION, *CHANGE) if f.seen(d))
            return Suggestion(2, (*first, Ground("outweighed", favour), *_doubts(f)))
        return Suggestion(1, (*first, *_doubts(f)))
    committed = tuple(d for d in RISKS if f.established(d))
    if committed and f.seen(Domain.RECONCILIATION):
        return Suggestion(2, (Ground("reconcilable", (*committed, Domain.RECONCILIATION)), *_doubts(f)))
    implicated = tuple(d for d in IMPLICATING if f.established(d))
    if _uninvolved(f) and not implicated:
        return Suggestion(3, (Ground("uninvolved", RISKS), *_doubts(f)))
    against = (Ground("implicated", implicated),) if implicated else ()
    if f.established(Domain.VIOLENCE) and not f.seen(Domain.RECONCILIATION):
        against = (Ground("fighter", (Domain.VIOLENCE, Domain.RECONCILIATION)), *against)
    return Suggestion(None, (Ground("open"), *against, *_doubts(f)))


def _tier_one(f: _Findings) -> list[Ground]:
    """Grounds of the first definition, each from established findings."""
    grounds = [
        Ground(code, (domain,))
        for code, domain in (
            ("financier", Domain.FINANCE),
            ("recruiter", Domain.RECRUITMENT),
            ("leader", Domain.GROUP_ROLE),
        )
        if f.established(domain, Rating.MARKED)
    ]
    acts = tuple(domain for domain in ACTS if f.established(domain))
    if f.established(Domain.IDEOLOGY, Rating.MARKED) and acts and f.none(Domain.RECONCILIATION):
        grounds.append(Ground("hardliner", (Domain.IDEOLOGY, *acts, Domain.RECONCILIATION)))
    return grounds


def _outweighed(f: _Findings) -> bool:
    """Whether signs of reconciliation are strong enough for the second definition in spite of a ground of the first."""
    return (
        f.seen(Domain.RECONCILIATION, Rating.MARKED)
        and any(f.seen(domain) for domain in CHANGE)
        and f.known(Domain.CONDUCT)
        and not f.seen(Domain.CONDUCT, Rating.MARKED)
    )


def _uninvolved(f: _Findings) -> bool:
    """The third definition: no combatant, no ideologue, and all of it known."""
    return (
        all(f.known(domain) for domain in RISKS)
        and f.none(Domain.IDEOLOGY)
        and f.none(Domain.VIOLENCE)
        and not any(f.seen(domain, Rating.MARKED) for domain in RISKS)
        and not f.established(Domain.CONDUCT, Rating.MARKED)
    )


def _doubts(f: _Findings) -> list[Ground]:
    """What is not known, and what is only alleged: said beside every suggestion."""
    unknown = tuple(d for d in (*RISKS, Domain.CONDUCT, Domain.RECONCILIATION) if not f.known(d))
    alleged = tuple(d for d in RISKS if f.alleged(d))
    return [Ground(code, domains) for code, domains in (("alleged", alleged), ("unknown", unknown)) if domains]


def explain(kept: Iterable[Mapping[str, Any]]) -> list[tuple[Any, list[Any]]]:
    """Rows for the page from what `as_json` kept: `[(text, [domain labels]), ...]`."""
    labels = dict(Domain.choices)
    return [(TEXTS[row["code"]], [labels[domain] for domain in row["domains"]]) for row in kept]
