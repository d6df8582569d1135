"""Why two records may be of one person, as sayings: kept with a pair, read in the reader's language."""

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying

SAME_CIN = Saying("match.same_cin", _("same CIN"))
CIN_DIFFERS = Saying("match.cin_differs", _("CIN differs"))
SEX_DIFFERS = Saying("match.sex_differs", _("sex differs"))
SAME_IN_ANOTHER_ORDER = Saying("match.same_in_another_order", _("same names in another order or division"))
SAME_FAMILY_AR = Saying("match.same_family_ar", _("same family name in Arabic"))
SAME_FAMILY_LATIN = Saying("match.same_family_latin", _("same family name in Latin script"))
SAME_FAMILY_ACROSS = Saying("match.same_family_across", _("same family name across the two scripts"))
ALIKE_FAMILY = Saying("match.alike_family", _("family names alike: %(one)s / %(other)s"))
SAME_GIVEN_AR = Saying("match.same_given_ar", _("same given name in Arabic"))
SAME_GIVEN_LATIN = Saying("match.same_given_latin", _("same given name in Latin script"))
SAME_GIVEN_ACROSS = Saying("match.same_given_across", _("same given name across the two scripts"))
ALIKE_GIVEN = Saying("match.alike_given", _("given names alike: %(one)s / %(other)s"))
BIRTH_NOT_KNOWN = Saying("match.birth_not_known", _("birth date not known"))
SAME_BIRTH = Saying("match.same_birth", _("same birth date %(one)s"))
BIRTHS_NEARLY_SAME = Saying("match.births_nearly_same", _("birth dates nearly the same: %(one)s / %(other)s"))
BIRTH_DIFFERS = Saying("match.birth_differs", _("birth date differs: %(one)s / %(other)s"))
BIRTH_YEAR = Saying("match.birth_year", _("birth year %(one)s / %(other)s"))
PRESUMED_YEAR = Saying("match.presumed_year", _("presumed birth year %(one)s / %(other)s"))
BIRTH_YEAR_DIFFERS = Saying("match.birth_year_differs", _("birth year differs: %(one)s / %(other)s"))
