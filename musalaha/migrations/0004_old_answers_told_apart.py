"""Answers on eligibility, titles of timetables and the end of a removal, stored in the language of whoever acted, become codes
and numbers where it can be told what they said; the rest stays as it was written.

The texts are those that were ever stored, in the three languages, as they stood.
"""

from django.db import migrations

ANSWERS = {
    'eligibility.in_custody': ('In custody.', 'En détention.', 'معتقل.'),
    'eligibility.not_in_custody': ('Not in custody.', 'Pas en détention.', 'غير معتقل.'),
    'eligibility.only_in_prison': ('The programme takes place in prison.', 'Le programme se déroule en détention.', 'يُنظم البرنامج داخل المؤسسة السجنية.'),
    'eligibility.final': ('The conviction is final.', 'La condamnation est définitive.', 'الإدانة نهائية.'),
    'eligibility.under_appeal': ('Convicted, under appeal.', 'Condamné en appel.', 'مدان بحكم غير نهائي.'),
    'eligibility.wait_for_final': ("The final judgment; the person may ask again on that day, or the court's answer be recorded.", 'Le jugement définitif\xa0; la personne peut renouveler sa demande ce jour-là, ou la réponse de la juridiction être enregistrée.', 'الحكم النهائي؛ ويمكن للمعني بالأمر تجديد طلبه في ذلك اليوم، أو يُسجل جواب المحكمة.'),
    'eligibility.untried': ('Not yet tried.', 'Non encore jugé.', 'لم يُحاكم بعد.'),
    'eligibility.a_final_judgment': ('A final judgment.', 'Un jugement définitif.', 'حكم نهائي.'),
    'eligibility.civil_only': ('Held for civil imprisonment only.', 'Détention au seul titre de la contrainte par corps.', 'معتقل في إطار الإكراه البدني فقط.'),
    'eligibility.nothing_would': ('Nothing here: the programme is for those who serve a sentence.', "Rien à cet égard\xa0: le programme s'adresse à ceux qui purgent une peine.", 'لا شيء في هذه الحالة: البرنامج موجه لمن يقضون عقوبة.'),
    'eligibility.no_status': ('The legal status is not recorded.', "La situation pénale n'est pas enregistrée.", 'الوضعية الجنائية غير مسجلة.'),
    'eligibility.record_status': ('Recording the legal status.', "L'enregistrement de la situation pénale.", 'تسجيل الوضعية الجنائية.'),
    'eligibility.unclassified': ('Not yet classified.', 'Non encore classé.', 'لم يصنف بعد.'),
    'eligibility.first_decision': ('The first tier decision.', 'La première décision sur le niveau de risque.', 'أول قرار تصنيف.'),
    'eligibility.tier_one_excepted': ("Tier 1, with a reviewer's written exception.", "Niveau 1, avec dérogation écrite d'un réviseur.", 'المستوى 1، مع استثناء كتابي من مراجع.'),
    'eligibility.tier_one': ('Tier 1.', 'Niveau 1.', 'المستوى 1.'),
    'eligibility.exception_or_decision': ("A reviewer's written exception, or a later decision on the tier; asking counts neither for nor against.", "La dérogation écrite d'un réviseur, ou une décision ultérieure sur le niveau de risque\xa0; demander ne compte ni pour ni contre.", 'استثناء كتابي من مراجع، أو قرار تصنيف لاحق؛ وتقديم الطلب لا يُحسب للمعني بالأمر ولا عليه.'),
    'eligibility.not_separated': ('Not separated.', "Aucune mise à l'écart.", 'غير معزول.'),
    'eligibility.no_end': ('No release date: there is time.', 'Aucune date de libération\xa0: la durée est suffisante.', 'بلا تاريخ إفراج: الوقت كاف.'),
    'eligibility.date_not_known': ('The release date is not known.', "La date de libération n'est pas connue.", 'تاريخ الإفراج غير معروف.'),
    'eligibility.settle_date': ('Settling the release date.', 'La fixation de la date de libération.', 'البت في تاريخ الإفراج.'),
    'eligibility.wish_outside': ("The person's wish to finish outside.", "Le souhait de la personne de terminer à l'extérieur.", 'رغبة المعني بالأمر في إتمام البرنامج خارج المؤسسة.'),
    'eligibility.open_to_them': ('The round is open to this person.', "L'édition est ouverte à cette personne.", 'الدورة مفتوحة في وجه هذا الشخص.'),
    'eligibility.for_women': ('This round is for women.', 'Cette édition est réservée aux femmes.', 'هذه الدورة مخصصة للنساء.'),
    'eligibility.for_men': ('This round is for men.', 'Cette édition est réservée aux hommes.', 'هذه الدورة مخصصة للرجال.'),
    'eligibility.a_round_for_women': ('A round for women.', 'Une édition pour femmes.', 'دورة للنساء.'),
    'eligibility.a_round_for_men': ('A round for men.', 'Une édition pour hommes.', 'دورة للرجال.'),
    'eligibility.meets_somebody': ('Must not meet somebody who has a place in this round.', 'Ne doit pas côtoyer une personne qui a une place dans cette édition.', 'تُمنع مخالطته لشخص له مكان في هذه الدورة.'),
    'eligibility.another_round': ('Another round, or the end of the non-association.', 'Une autre édition, ou la fin de la séparation obligatoire.', 'دورة أخرى، أو انتهاء تدبير منع المخالطة بينهما.'),
    'eligibility.meets_nobody': ('No non-association with anybody in the round.', "Aucune séparation obligatoire avec une personne de l'édition.", 'لا يوجد في الدورة من تُمنع مخالطته.'),
}
CODES = {text: code for code, texts in ANSWERS.items() for text in texts}
TIER = ("Tier ", "Niveau ", "المستوى ")
STRANDS = {
    'religion': ('Religious lectures and discourse', 'Conférences et discours religieux', 'محاضرات دينية والخطاب الديني'),
    'rights': ('Human rights and law', "Droits de l'Homme et droit", 'حقوق الإنسان والقانون'),
    'psychology': ('Psychological support', 'Soutien psychologique', 'الدعم النفسي'),
    'vocation': ('Vocational and theoretical training', 'Formation professionnelle et théorique', 'التكوين المهني والنظري'),
}
PARTNERS = {
    "rabita": "Rabita Mohammadia des Oulémas",
    "cndh": "CNDH",
    "dgapr": "DGAPR",
    "foundation": "Fondation Mohammed VI",
}
SET_ASIDE = ('The removal was set aside on appeal.', "L'exclusion a été annulée sur recours.", 'تم إلغاء الاستبعاد بعد التظلم.')


def said(code, **params):
    return [{"code": code, "params": params}]


def told_apart(text):
    """An old answer as it is stored now; one with a day in it as it was written."""
    if not text:
        return []
    if text in CODES:
        return said(CODES[text])
    for tier in (2, 3):
        if text in [f"{word}{tier}." for word in TIER]:
            return said("eligibility.tier", tier=tier)
    return said("core.as_written", text=text)


def now_stored(rule):
    """A rule as it is stored now."""
    if "said" in rule:
        return rule
    return {
        "code": rule["code"],
        "met": rule["met"],
        "said": told_apart(rule.get("why", "")),
        "change": told_apart(rule.get("what_would_change", "")),
    }


def number_in(session):
    """The number in a title that the timetable gave, or None."""
    for label in STRANDS.get(session.strand, ()):
        rest = session.title.removeprefix(f"{label} ")
        if rest != session.title and rest.isdecimal() and len(rest) < 5:
            return int(rest)
    return None


def tell_apart(apps, schema_editor):
    applications = apps.get_model("musalaha", "Application").objects
    for application in applications.exclude(eligibility=[]).only("pk", "eligibility").iterator(chunk_size=1000):
        rules = [now_stored(rule) for rule in application.eligibility]
        applications.filter(pk=application.pk).update(eligibility=rules)
    sessions = apps.get_model("musalaha", "Session").objects
    for session in sessions.filter(number=None).only("pk", "strand", "title").iterator(chunk_size=1000):
        number = number_in(session)
        if number is not None:
            sessions.filter(pk=session.pk).update(number=number, title="")
    for code, name in PARTNERS.items():
        sessions.filter(organisation=name).exclude(number=None).update(organisation=f"§musalaha.partner.{code}")
    enrolments = apps.get_model("musalaha", "Enrolment").objects
    enrolments.filter(outcome_reason__in=SET_ASIDE).update(outcome_reason="§musalaha.removal_set_aside")


class Migration(migrations.Migration):

    dependencies = [
        ('musalaha', '0003_sessions_by_number'),
    ]

    operations = [migrations.RunPython(tell_apart, migrations.RunPython.noop)]
