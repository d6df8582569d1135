"""The Arabic form of what the three regimes of a new installation say; whatever was worded otherwise is left to its authors."""

from django.db import migrations

WORDS = {
    "association": {
        "Cour et repas en petit groupe": "الفسحة والوجبات في مجموعة صغيرة",
        "Cour, repas et sport avec le quartier": "الفسحة والوجبات والرياضة مع نزلاء الحي",
        "Vie en commun dans le quartier": "الحياة المشتركة داخل الحي",
    },
    "work_and_education": {
        "Enseignement et travail dans le quartier": "التعليم والعمل داخل الحي",
        "Enseignement, formation, bibliothèque": "التعليم والتكوين والمكتبة",
        "Ateliers, formation, études, bibliothèque": "الورشات والتكوين والدراسة والمكتبة",
    },
}


def say(apps, _editor):
    regimes = apps.get_model("facilities", "Regime").objects
    for name, words in WORDS.items():
        for french, arabic in words.items():
            regimes.filter(**{name: french, f"{name}_ar": ""}).update(**{f"{name}_ar": arabic})


class Migration(migrations.Migration):
    dependencies = [("facilities", "0002_regimes_in_arabic")]

    operations = [migrations.RunPython(say, migrations.RunPython.noop)]
