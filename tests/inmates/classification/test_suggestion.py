"""The rule of the suggestion: what leads to each tier, and what never counts."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inmates.classification.models import Assessment, Finding
from inmates.classification.suggestion import RISKS, TEXTS, explain, suggest

RATINGS = Finding.Rating.values


def f(**ratings):
    """Findings written short: `finance="marked!"` is established, `finance="marked"` alleged."""
    return {
        domain: {"rating": rating.rstrip("!"), "established": rating.endswith("!")}
        for domain, rating in ratings.items()
    }


ALL_NONE = dict.fromkeys(map(str, RISKS), "none")


@pytest.mark.parametrize(
    ("findings", "tier", "code"),
    [
        (f(finance="marked!"), 1, "financier"),
        (f(recruitment="marked!"), 1, "recruiter"),
        (f(group_role="marked!"), 1, "leader"),
        (f(ideology="marked!", violence="some!", reconciliation="none"), 1, "hardliner"),
        (f(ideology="marked!", conduct="some!", reconciliation="none"), 1, "hardliner"),
        (f(finance="marked!", reconciliation="marked", remorse="some", conduct="none"), 2, "outweighed"),
        (f(ideology="some!", reconciliation="some"), 2, "reconcilable"),
        (f(violence="marked!", reconciliation="marked"), 2, "reconcilable"),
        (f(**ALL_NONE), 3, "uninvolved"),
        (f(**ALL_NONE | {"finance": "some"}), 3, "uninvolved"),
        (f(), None, "open"),
        # beliefs alone are never a ground, however marked
        (f(**ALL_NONE | {"ideology": "marked!", "reconciliation": "none"}), None, "open"),
        # unknown is never none
        (f(ideology="marked!", violence="some!"), None, "open"),
        (f(**ALL_NONE | {"violence": "not_known"}), None, "open"),
        (f(finance="marked!", reconciliation="marked", remorse="some"), 1, "financier"),
        # acts and no reconciliation make no hardliner without beliefs that are established and marked
        (f(violence="some!", reconciliation="none"), None, "open"),
        (f(ideology="some!", violence="some!", reconciliation="none"), None, "open"),
        (f(ideology="marked", violence="some!", reconciliation="none"), None, "open"),
        # reconciliation that is seen, however little, is no ground of the first definition
        (f(ideology="marked!", violence="some!", reconciliation="some"), 2, "reconcilable"),
        # beliefs or violence that are seen, and be it as an allegation, stand against tier 3
        (f(**ALL_NONE | {"ideology": "some"}), None, "open"),
        (f(**ALL_NONE | {"violence": "some"}), None, "open"),
        # and so does any risk that is marked, or marked misconduct that is established
        (f(**ALL_NONE | {"finance": "marked"}), None, "open"),
        (f(**ALL_NONE | {"conduct": "marked!"}), None, "open"),
        (f(**ALL_NONE | {"conduct": "marked"}), 3, "uninvolved"),
        (f(**ALL_NONE | {"conduct": "some!"}), 3, "uninvolved"),
        # a charge alone grounds no tier
        (f(finance="marked"), None, "open"),
        (f(recruitment="marked", violence="marked", reconciliation="some"), None, "open"),
    ],
)
def test_the_definitions(findings, tier, code):
    suggestion = suggest(findings)
    assert suggestion.tier == tier
    assert code in [ground.code for ground in suggestion.grounds]


def test_unknown_and_alleged_are_shown_beside_every_suggestion():
    grounds = {ground.code: ground.domains for ground in suggest(f(finance="marked", violence="none")).grounds}
    assert grounds["alleged"] == ("finance",)
    assert set(grounds["unknown"]) == {"ideology", "group_role", "recruitment", "conduct", "reconciliation"}


def test_what_is_established_is_not_called_alleged_and_every_ground_names_its_domains():
    grounds = {
        ground.code: ground.domains
        for ground in suggest(
            f(
                finance="marked!",
                violence="some",
                reconciliation="marked",
                remorse="some",
                engagement="none",
                conduct="none",
            )
        ).grounds
    }
    assert grounds["financier"] == ("finance",)
    assert grounds["outweighed"] == ("reconciliation", "remorse")
    assert grounds["alleged"] == ("violence",)
    assert grounds["unknown"] == ("ideology", "group_role", "recruitment")


def test_where_all_is_known_and_established_there_are_no_doubts():
    everything = f(**ALL_NONE | {"conduct": "none", "reconciliation": "none"})
    assert [ground.code for ground in suggest(everything).grounds] == ["uninvolved"]
    financier = suggest(everything | f(finance="marked!"))
    assert [ground.code for ground in financier.grounds] == ["financier"]


def test_a_hardliner_is_told_every_act_and_a_reconcilable_every_commitment():
    hard = f(ideology="marked!", violence="some!", finance="some", conduct="some!", reconciliation="none")
    assert suggest(hard).grounds[0].domains == ("ideology", "violence", "conduct", "reconciliation")
    mild = f(ideology="some!", violence="some", finance="some!", reconciliation="some")
    assert suggest(mild).grounds[0].domains == ("ideology", "finance", "reconciliation")
    assert suggest(f(**ALL_NONE)).grounds[0].domains == tuple(map(str, RISKS))


@pytest.mark.parametrize("domain", RISKS)
def test_a_risk_that_is_not_known_stands_against_tier_three(domain):
    rest = {other: rating for other, rating in ALL_NONE.items() if other != domain}
    assert suggest(f(**rest)).tier is None
    assert suggest(f(**rest | {str(domain): "not_known"})).tier is None


@pytest.mark.parametrize(
    "change",
    [
        {"reconciliation": "some"},  # seen, not marked
        {"remorse": "none"},  # neither remorse nor engagement
        {"conduct": "marked!"},
        {"conduct": "not_known"},
    ],
)
def test_what_does_not_outweigh(change):
    findings = f(**{"finance": "marked!", "reconciliation": "marked", "remorse": "some", "conduct": "none"} | change)
    assert suggest(findings).tier == 1


def test_what_is_kept_can_be_explained_in_words():
    for ratings in product(RATINGS, repeat=3):
        findings = f(**dict(zip(("finance", "ideology", "reconciliation"), (f"{r}!" for r in ratings), strict=True)))
        for text, labels in explain(suggest(findings).as_json()):
            assert str(text) in {str(t) for t in TEXTS.values()}
            assert all(labels)


findings_of_any_kind = st.fixed_dictionaries(
    {},
    optional={
        domain: st.fixed_dictionaries({"rating": st.sampled_from(RATINGS), "established": st.booleans()})
        for domain in Finding.Domain.values
    },
)


@given(findings_of_any_kind)
def test_nothing_alleged_grounds_a_stricter_tier(findings):
    for finding in findings.values():
        finding["established"] = False
    assert suggest(findings).tier in (3, None)


@given(findings_of_any_kind)
def test_unknown_never_counts_as_none(findings):
    """Forgetting a domain never brings tier 3, and knowing only beliefs never brings tier 1."""
    for domain in RISKS:
        assert suggest({key: value for key, value in findings.items() if key != domain}).tier != 3
    assert suggest({key: value for key, value in findings.items() if key == "ideology"}).tier is None


@given(findings_of_any_kind)
def test_protective_factors_never_make_it_stricter(findings):
    before = suggest(findings).tier
    for domain in ("family", "work", "remorse", "engagement"):
        better = findings | {domain: {"rating": "marked", "established": False}}
        after = suggest(better).tier
        assert after == before or (before == 1 and after == 2)


@pytest.mark.parametrize("domain", ["finance", "recruitment"])
def test_established_finance_or_recruitment_is_never_tier_3(domain):
    for rating, tier in (("some!", None), ("some", 3)):  # alleged only, it grounds nothing either way
        suggestion = suggest(f(**ALL_NONE | {domain: rating}))
        assert suggestion.tier == tier
        assert ("implicated" in [ground.code for ground in suggestion.grounds]) == (tier is None)


def test_a_convicted_fighter_without_reconciliation_falls_under_no_definition():
    for reconciliation in ({"reconciliation": "none"}, {}):
        suggestion = suggest(f(violence="marked!", **reconciliation))
        assert suggestion.tier is None
        assert "fighter" in [ground.code for ground in suggestion.grounds]
    suggestion = suggest(f(violence="marked!", reconciliation="some"))
    assert (suggestion.tier, "fighter" in [ground.code for ground in suggestion.grounds]) == (2, False)
    assert suggest(f(violence="marked")).tier is None  # alleged: a fighter only by the charge
    assert "fighter" not in [ground.code for ground in suggest(f(violence="marked")).grounds]


def test_the_version_of_the_rules_is_kept_with_each_assessment():
    assert Assessment.TOOL_VERSION == "2"
