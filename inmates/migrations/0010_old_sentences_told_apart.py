"""Sentences stored in the language of whoever acted become codes where it can be told what they said; the rest stays a note.

The texts are those that were ever stored, in the three languages, as they stood.
"""

import re
from datetime import date

from django.db import migrations

NO_DATE = ("The rules give none: a person must settle it.", "Les règles n'en donnent aucune\u00a0: une personne doit la fixer.", "لا تعطي القواعد أي تاريخ: يجب أن يحدده شخص مختص.")
GROUND_CHANGED = ("What the settled date rested on has changed, and the rules give none.", "Ce sur quoi reposait la date fixée a changé, et les règles n'en donnent aucune.", "تغيّر ما استند إليه التاريخ الذي تم البت فيه، والقواعد لا تعطي أي تاريخ.")
RELEASE_TODAY = ("Royal pardon verified and nothing else holds this person: release today.", "Grâce royale vérifiée et rien d'autre ne retient cette personne\u00a0: levée d'écrou aujourd'hui.", "عفو ملكي متحقق منه ولا شيء آخر يبرر اعتقال هذا الشخص: يجب رفع حالة الاعتقال اليوم.")
SUPERSEDED = ("A pardon was superseded: set the fine, or the prosecution, right by hand.", "Une grâce a été remplacée\u00a0: rectifiez manuellement l'amende ou les poursuites.", "حل عفو آخر محل عفو سابق: صححوا الغرامة أو المتابعة يدويا.")
UNCLASSIFIED = ("The unit does not take people not yet classified.", "Le quartier ne reçoit pas les personnes non encore classées.", "الحي لا يستقبل من لم يصنف بعد.")
TEXTS = {
    "sentences.no_date": NO_DATE,
    "sentences.ground_changed": GROUND_CHANGED,
    "musalaha.release_today": RELEASE_TODAY,
    "musalaha.pardon_superseded": SUPERSEDED,
    "custody.unit_not_unclassified": UNCLASSIFIED,
}
CODES = {text: code for code, texts in TEXTS.items() for text in texts}
PATTERNS = {
    "custody.unit_not_this_tier": (r"The unit does not take tier (?P<tier>\d)\.", r"Le quartier ne reçoit pas le niveau (?P<tier>\d)\.", r"الحي لا يستقبل المستوى (?P<tier>\d)\."),
    "musalaha.back_to_round": (r"Back to round (?P<number>\d+), unit (?P<unit>.+): the removal was set aside\.", r"Retour à l'édition (?P<number>\d+), quartier (?P<unit>.+)\u00a0: l'exclusion a été annulée\.", r"العودة إلى الدورة (?P<number>\d+)، حي (?P<unit>.+): تم إلغاء الاستبعاد\."),
    "musalaha.back_to_unit": (r"Back to (?P<unit>.+?), (?P<prison>.+?), never to a worse regime\. (?P<why>.*)", r"Retour au quartier (?P<unit>.+?), (?P<prison>.+?), jamais sous un régime plus strict\. (?P<why>.*)", r"الإرجاع إلى حي (?P<unit>.+?)، (?P<prison>.+?)، ولا يكون أبدا إلى نظام أسوأ\. (?P<why>.*)"),
}

# In columns that hold a person's reason, the mark of a code stands where the system acted in the person's place.
RELEASED = ("Released", "Levée d'écrou", "مفرج عنه")
PERSON_RELEASED = ("The person was released.", "La personne a été libérée.", "تم الإفراج عن هذا الشخص.")
HELD_AGAIN = ("Something recorded holds this person again.", "Un titre enregistré retient de nouveau cette personne.", "سند مسجل يبرر من جديد اعتقال هذا الشخص.")
TAKES_TIER = ("The unit takes the tier in force.", "Le quartier reçoit le niveau en vigueur.", "الحي يستقبل المستوى المعمول به.")
SETTLED = ("Release date settled.", "Date de libération fixée.", "تم البت في تاريخ الإفراج.")
NOT_BACK = ("Did not come back", "Retour non effectué", "لم يعد")
RETURNED = ("Returned", "De retour", "عاد")
TRANSFERRED = ("Transfer", "Transfèrement", "ترحيل")
BY_REGISTER = ("Held there according to the register that was imported.", "Y est détenu selon le registre importé.", "معتقل بها حسب السجل المستورد.")
GROUNDS = {
    "term_served": ("Term served", "Peine purgée", "انقضاء العقوبة"),
    "pardon": ("Royal pardon", "Grâce royale", "عفو ملكي"),
    "acquittal": ("Acquittal", "Acquittement", "البراءة"),
    "provisional": ("Provisional release", "Liberté provisoire", "السراح المؤقت"),
    "conditional": ("Conditional release", "Libération conditionnelle", "الإفراج المقيد بشروط"),
    "civil_ended": ("Civil imprisonment ended", "Fin de la contrainte par corps", "انتهاء الإكراه البدني"),
    "abroad": ("Transfer abroad", "Transfèrement à l'étranger", "ترحيل إلى الخارج"),
    "death": ("Death", "Décès", "الوفاة"),
}
COLUMNS = [
    ("Task", "done_note", {"custody.released": RELEASED, "custody.held_again": HELD_AGAIN, "classification.unit_takes_tier": TAKES_TIER, "sentences.date_settled": SETTLED}),
    ("Outing", "cancelled_reason", {"custody.released": RELEASED}),
    ("Outing", "outcome", {"custody.released": RELEASED, "custody.did_not_come_back": NOT_BACK}),
    ("Placement", "reason", {"custody.returned": RETURNED, "custody.transferred": TRANSFERRED}),
    ("Placement", "exception_reason", {"custody.held_by_register": BY_REGISTER}),
    ("Review", "cancelled_reason", {"classification.released": PERSON_RELEASED}),
    ("Assessment", "ended_reason", {"classification.released": PERSON_RELEASED}),
    ("DetentionOrder", "lifted_reason", {f"custody.lifted.{ground}": texts for ground, texts in GROUNDS.items()}),
]


def said(code, **params):
    return [{"code": code, "params": params}]


def told_apart(text):
    """What an old sentence said, or nothing."""
    if text in CODES:
        return said(CODES[text])
    for code, patterns in PATTERNS.items():
        for pattern in patterns:
            match = re.fullmatch(pattern, text)
            if match:
                params = {name: int(value) if value.isdigit() else value for name, value in match.groupdict().items()}
                if "why" in params:
                    params["why"] = said("core.as_written", text=match["why"]) if match["why"] else []
                return said(code, **params)
    return []


def a_day(text):
    try:
        return {"day": date.fromisoformat(text).isoformat()}
    except ValueError:
        return None


def alert_said(alert, apps):
    """`(said, note)` of an old alert: by its kind and what it refers to, else what was written of it."""
    first, _sign, rest = alert.reference.partition(":")
    day = a_day(rest[:10])
    own = a_day(alert.reference)
    if alert.kind == "release_overdue" and own:
        return said("custody.release_overdue", due_on=own), ""
    if alert.kind == "review_overdue" and own:
        return said("classification.review_overdue", due_on=own), ""
    if alert.kind == "order_expired" and day:
        return said("custody.order_ran_out", order=alert.note, day=day), ""
    if alert.kind == "order_expiring" and day:
        return said("custody.order_expiring", order=alert.note, expires_on=day), ""
    if alert.kind == "no_title":
        order = said("custody.order_ran_out", order=alert.note, day=day) if day else []
        return order + said("custody.nothing_holds"), "" if order else alert.note
    if alert.kind == "keep_apart":
        return said("custody.must_not_meet"), alert.note
    if alert.kind == "separation_breach" and first.isdigit():
        separation = apps.get_model("inmates", "Separation").objects.filter(pk=first).first()
        if separation:
            days = {"began_on": separation.began_on, "until": separation.authorised_until}
            days = {name: {"day": value.isoformat()} for name, value in days.items()}
            return said("conditions.separated_too_long", **days), ""
    if alert.kind == "outing_overdue" and first.isdigit():
        outing = apps.get_model("inmates", "Outing").objects.filter(pk=first, due_back_at__isnull=False).first()
        if outing:
            return said("custody.not_back", due_back_at={"moment": outing.due_back_at.isoformat()}), ""
    if alert.kind == "pardon_unverified":
        pk = alert.reference.removeprefix("pardon-")
        pardon = apps.get_model("inmates", "Pardon").objects.filter(pk=pk if pk.isdigit() else None).first()
        if pardon:
            return said("musalaha.pardon_unverified", recorded_at={"moment": pardon.recorded_at.isoformat()}), ""
    found = told_apart(alert.note)
    return found, "" if found else alert.note


def task_said(task):
    """`(said, note)` of an old task."""
    found = told_apart(task.note)
    return found, "" if found else task.note


def tell_apart(apps, schema_editor):
    nothing = said("core.nothing_more")
    for model, read in (("Alert", lambda row: alert_said(row, apps)), ("Task", task_said)):
        rows = apps.get_model("inmates", model).objects
        for row in rows.filter(said=[]).iterator(chunk_size=1000):
            words, note = read(row)
            rows.filter(pk=row.pk).update(said=words if words or note else nothing, note=note)
    for model, column, codes in COLUMNS:
        rows = apps.get_model("inmates", model).objects
        for code, texts in codes.items():
            rows.filter(**{f"{column}__in": texts}).update(**{column: f"§{code}"})
    orders = apps.get_model("inmates", "DetentionOrder").objects
    for beginning in ("Register of ", "Registre de l'établissement ", "سجل الاعتقال: "):
        orders.filter(provisional=True, authority__startswith=beginning).update(authority="§custody.register_of_the_prison")
    _keep_reasons(apps.get_model("inmates", "PossibleDuplicate").objects)
    _keep_reports(apps.get_model("inmates", "ImportBatch").objects)


def as_written(text):
    return said("core.as_written", text=text)


def _each(texts):
    """Sentences as they were written, those stored as codes as they are."""
    return [one for text in texts for one in (as_written(text) if isinstance(text, str) else [text])]


def _keep_reasons(pairs):
    for pair in pairs.exclude(reasons=[]).iterator(chunk_size=1000):
        pairs.filter(pk=pair.pk).update(reasons=_each(pair.reasons))


def _keep_reports(batches):
    for batch in batches.iterator():
        report = batch.report
        for line in [*report.get("errors", ()), *report.get("warnings", ())]:
            if "message" in line:
                line["column"] = line.pop("field").replace(" ", "_")
                line["said"] = as_written(line.pop("message"))
        for one in report.get("possible_duplicates", ()):
            one["reasons"] = _each(one["reasons"])
        batches.filter(pk=batch.pk).update(report=report)


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0009_system_words_as_codes'),
    ]

    operations = [migrations.RunPython(tell_apart, migrations.RunPython.noop)]
