"""What the rules of eligibility answer: kept with an application, read in the reader's language."""

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying

IN_CUSTODY = Saying("eligibility.in_custody", _("In custody."))
NOT_IN_CUSTODY = Saying("eligibility.not_in_custody", _("Not in custody."))
ONLY_IN_PRISON = Saying("eligibility.only_in_prison", _("The programme takes place in prison."))
FINAL = Saying("eligibility.final", _("The conviction is final."))
UNDER_APPEAL = Saying("eligibility.under_appeal", _("Convicted, under appeal."))
WAIT_FOR_FINAL = Saying(
    "eligibility.wait_for_final",
    _("The final judgment; the person may ask again on that day, or the court's answer be recorded."),
)
UNTRIED = Saying("eligibility.untried", _("Not yet tried."))
A_FINAL_JUDGMENT = Saying("eligibility.a_final_judgment", _("A final judgment."))
CIVIL_ONLY = Saying("eligibility.civil_only", _("Held for civil imprisonment only."))
NOTHING_WOULD = Saying(
    "eligibility.nothing_would",
    _("Nothing here: the programme is for those who serve a sentence."),
)
NO_STATUS = Saying("eligibility.no_status", _("The legal status is not recorded."))
RECORD_STATUS = Saying("eligibility.record_status", _("Recording the legal status."))
TIER = Saying("eligibility.tier", _("Tier %(tier)s."))
UNCLASSIFIED = Saying("eligibility.unclassified", _("Not yet classified."))
FIRST_DECISION = Saying("eligibility.first_decision", _("The first tier decision."))
TIER_ONE_EXCEPTED = Saying("eligibility.tier_one_excepted", _("Tier 1, with a written exception."))
TIER_ONE = Saying("eligibility.tier_one", _("Tier 1."))
EXCEPTION_OR_DECISION = Saying(
    "eligibility.exception_or_decision",
    _(
        "A written exception of the appeals officer, or a later decision on the tier; asking counts neither for nor against."
    ),
)
NOT_SEPARATED = Saying("eligibility.not_separated", _("Not separated."))
SEPARATED = Saying("eligibility.separated", _("Separated since %(day)s."))
END_OF_SEPARATION = Saying("eligibility.end_of_separation", _("The end of the separation, by %(day)s at the latest."))
NO_END = Saying("eligibility.no_end", _("No release date: there is time."))
DATE_NOT_KNOWN = Saying("eligibility.date_not_known", _("The release date is not known."))
SETTLE_DATE = Saying("eligibility.settle_date", _("Settling the release date."))
RUNS_UNTIL = Saying("eligibility.runs_until", _("The sentence runs until %(release)s."))
FREE_WISHES_OUTSIDE = Saying(
    "eligibility.free_wishes_outside",
    _("Free on %(release)s, and wishes to finish outside."),
)
FREE_TOO_EARLY = Saying("eligibility.free_too_early", _("Free on %(release)s, before a round would end on %(end)s."))
WISH_OUTSIDE = Saying("eligibility.wish_outside", _("The person's wish to finish outside."))
OPEN_TO_THEM = Saying("eligibility.open_to_them", _("The round is open to this person."))
FOR_WOMEN = Saying("eligibility.for_women", _("This round is for women."))
FOR_MEN = Saying("eligibility.for_men", _("This round is for men."))
A_ROUND_FOR_WOMEN = Saying("eligibility.a_round_for_women", _("A round for women."))
A_ROUND_FOR_MEN = Saying("eligibility.a_round_for_men", _("A round for men."))
MEETS_SOMEBODY = Saying("eligibility.meets_somebody", _("Must not meet somebody who has a place in this round."))
ANOTHER_ROUND = Saying("eligibility.another_round", _("Another round, or the end of the non-association."))
MEETS_NOBODY = Saying("eligibility.meets_nobody", _("No non-association with anybody in the round."))
