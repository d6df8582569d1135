"""What every installation knows before anybody is registered: regions, offences, and how each tier is treated.

`load()` may be run again at any time: it adds what is missing and never changes what administrators have edited.
"""

from datetime import date

from django.db import transaction

from audit import trail
from facilities.models import Regime, Region
from inmates.sentences.models import Offence

# code, French, Arabic
REGIONS = [
    ("casablanca-settat", "Casablanca-Settat", "الدار البيضاء سطات"),
    ("rabat-sale-kenitra", "Rabat-Salé-Kénitra", "الرباط سلا القنيطرة"),
    ("fes-meknes", "Fès-Meknès", "فاس مكناس"),
    ("tanger-tetouan-al-hoceima", "Tanger-Tétouan-Al Hoceima", "طنجة تطوان الحسيمة"),
    ("marrakech-safi", "Marrakech-Safi", "مراكش آسفي"),
    ("oriental", "Oriental", "الشرق"),
    ("beni-mellal-khenifra", "Béni Mellal-Khénifra", "بني ملال خنيفرة"),
    ("laayoune-sakia-el-hamra", "Laâyoune-Sakia El Hamra", "العيون الساقية الحمراء"),
    ("draa-tafilalet", "Drâa-Tafilalet", "درعة تافيلالت"),
    ("souss-massa", "Souss-Massa", "سوس ماسة"),
]

LAW_2003 = "Code pénal, loi 03-03"
LAW_2015 = "Code pénal, loi 86-14"
PENAL_CODE = "Code pénal"
SINCE_2003, SINCE_2015 = date(2003, 5, 28), date(2015, 5, 20)  # days of promulgation

# law, article, English, French, Arabic, least and greatest term in years (None: not fixed by the article alone, or not
# known), terrorism, in force from, in force until. A new wording is a new row; the old one keeps holding for older acts.
# Versions of an article share their code, which is the article's number.
OFFENCES = [
    (
        LAW_2003,
        "218-1",
        "Terrorist act, or forming a group to prepare one",
        "Acte de terrorisme, ou constitution d'une bande en vue de le préparer",
        "فعل إرهابي أو تكوين عصابة لإعداده",
        None,
        None,
        True,
        SINCE_2003,
        None,
    ),
    (
        LAW_2015,
        "218-1-1",
        "Joining an armed group abroad, training or recruiting for one",
        "Ralliement à un groupe armé à l'étranger, entraînement ou recrutement à cette fin",
        "الالتحاق بجماعة مسلحة في الخارج أو التدريب أو التجنيد لذلك",
        5,
        15,
        True,
        SINCE_2015,
        None,
    ),
    (
        LAW_2003,
        "218-2",
        "Public praise of terrorist acts",
        "Apologie d'actes terroristes",
        "الإشادة بأفعال إرهابية",
        2,
        6,
        True,
        SINCE_2003,
        SINCE_2015,
    ),
    (
        LAW_2015,
        "218-2",
        "Public praise of terrorist acts, or propaganda for a terrorist group",
        "Apologie d'actes terroristes, ou propagande en faveur d'un groupe terroriste",
        "الإشادة بأفعال إرهابية أو الدعاية لجماعة إرهابية",
        2,
        6,
        True,
        SINCE_2015,
        None,
    ),
    (
        LAW_2003,
        "218-3",
        "Putting harmful substances into air, soil or water to disturb public order",
        "Introduction de substances nocives dans l'air, le sol ou l'eau pour troubler l'ordre public",
        "إدخال مواد ضارة في الهواء أو الأرض أو الماء للمس بالنظام العام",
        None,
        None,
        True,
        SINCE_2003,
        None,
    ),
    (
        LAW_2003,
        "218-4",
        "Financing terrorism",
        "Financement du terrorisme",
        "تمويل الإرهاب",
        5,
        20,
        True,
        SINCE_2003,
        None,
    ),
    (
        LAW_2003,
        "218-5",
        "Inciting others to a terrorist act",
        "Incitation à un acte de terrorisme",
        "تحريض الغير على ارتكاب فعل إرهابي",
        None,
        None,
        True,
        SINCE_2003,
        SINCE_2015,
    ),
    (
        LAW_2015,
        "218-5",
        "Persuading or inciting others to a terrorist act",
        "Persuasion ou incitation à un acte de terrorisme",
        "إقناع الغير أو تحريضه على ارتكاب فعل إرهابي",
        5,
        15,
        True,
        SINCE_2015,
        None,
    ),
    (
        LAW_2003,
        "218-6",
        "Helping or hiding somebody who took part in a terrorist act",
        "Aide à l'auteur ou au complice d'un acte de terrorisme, ou recel de celui-ci",
        "مساعدة فاعل فعل إرهابي أو المشارك فيه أو إيواؤه",
        None,
        None,
        True,
        SINCE_2003,
        None,
    ),
    (
        LAW_2003,
        "218-8",
        "Not reporting a terrorist offence",
        "Non-dénonciation d'une infraction terroriste",
        "عدم التبليغ عن جريمة إرهابية",
        5,
        10,
        True,
        SINCE_2003,
        None,
    ),
    (
        PENAL_CODE,
        "360",
        "Forging or falsifying an administrative document",
        "Contrefaçon ou falsification d'un document administratif",
        "تزوير وثيقة إدارية أو تزييفها",
        None,
        3,
        False,
        None,
        None,
    ),
]

# Articles whose range the project was given ; every other range is recalled and to be checked in the text: policy.
GIVEN = {"218-1-1"}

# tier: hours out of cell, of meaningful contact, visits a month, minutes, calls a week, minutes, association, work
REGIMES = {
    1: ("4.0", "3.0", 4, 45, 2, 10, "Cour et repas en petit groupe", "Enseignement et travail dans le quartier"),
    2: ("7.0", "5.0", 4, 60, 3, 10, "Cour, repas et sport avec le quartier", "Enseignement, formation, bibliothèque"),
    3: ("10.0", "8.0", 6, 60, 4, 15, "Vie en commun dans le quartier", "Ateliers, formation, études, bibliothèque"),
}
REGIMES_AR = {
    1: ("الفسحة والوجبات في مجموعة صغيرة", "التعليم والعمل داخل الحي"),
    2: ("الفسحة والوجبات والرياضة مع نزلاء الحي", "التعليم والتكوين والمكتبة"),
    3: ("الحياة المشتركة داخل الحي", "الورشات والتكوين والدراسة والمكتبة"),
}


@transaction.atomic
def load():
    """Add the regions, offences and regimes that are missing. Returns how many rows of each were added."""
    added = {"regions": 0, "offences": 0, "regimes": 0}
    for code, name_fr, name_ar in REGIONS:
        _row, new = Region.objects.get_or_create(code=code, defaults={"name_fr": name_fr, "name_ar": name_ar})
        added["regions"] += new
    for law, article, label, label_fr, label_ar, least, most, terrorism, since, until in OFFENCES:
        _row, new = Offence.objects.get_or_create(
            law=law,
            article=article,
            valid_from=since,
            defaults={
                "label": label,
                "label_fr": label_fr,
                "label_ar": label_ar,
                "min_years": least,
                "max_years": most,
                "terrorism": terrorism,
                "valid_until": until,
                "to_check": article not in GIVEN,
            },
        )
        added["offences"] += new
    for tier, (out, contact, visits, visit_minutes, calls, call_minutes, association, work) in REGIMES.items():
        _row, new = Regime.objects.get_or_create(
            tier=tier,
            defaults={
                "hours_out_of_cell": out,
                "hours_contact": contact,
                "visits_per_month": visits,
                "visit_minutes": visit_minutes,
                "calls_per_week": calls,
                "call_minutes": call_minutes,
                "association": association,
                "association_ar": REGIMES_AR[tier][0],
                "work_and_education": work,
                "work_and_education_ar": REGIMES_AR[tier][1],
            },
        )
        added["regimes"] += new
    if any(added.values()):
        trail.record("reference.loaded", by=None, detail=added)
    return added
