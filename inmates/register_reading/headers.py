"""Which column is which: proposed from French, Arabic and English headers, to be overridden by the person importing."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from inmates.register_reading.text import fold, is_arabic

FIELDS = {
    "registration_number": _("Registration number"),
    "family_name_latin": _("Family name (Latin)"),
    "given_name_latin": _("Given name (Latin)"),
    "full_name_latin": _("Full name (Latin)"),
    "family_name_ar": _("Family name (Arabic)"),
    "given_name_ar": _("Given name (Arabic)"),
    "full_name_ar": _("Full name (Arabic)"),
    "cin": _("National ID card (CIN)"),
    "birth_date": _("Birth date"),
    "birthplace": _("Birthplace"),
    "sex": _("Sex"),
    "nationality": _("Nationality"),
    "admission_date": _("Admission date"),
    "legal_status": _("Legal status"),
    "sentence": _("Sentence"),
    "final_judgment": _("Final judgment"),
    "role": _("Role in the group"),
    "returnee": _("Returnee"),
    "unit": _("Unit"),
    "offence": _("Offence"),
    "notes": _("Remarks"),
}
"""What a column can hold."""

REQUIRED = ("registration_number", "sex", "admission_date", "legal_status", "unit")
"""Columns without which no row can be imported; a name is needed as well, in any of its columns."""

NAMES = tuple(field for field in FIELDS if "_name_" in field)

_OTHER_SCRIPT = {field: field.replace("_latin", "_ar") for field in NAMES if field.endswith("_latin")}
_OTHER_SCRIPT |= {arabic: latin for latin, arabic in _OTHER_SCRIPT.items()}

_HEADERS = {
    "registration_number": (
        "N° écrou; N° d'écrou; No écrou; Num écrou; Numéro d'écrou; Numéro écrou; Nº écrou; Écrou; Matricule; "
        "N° matricule; Registration number; Registration no; Register number; Reg no; Prison number; "
        "Inmate number; Number; رقم الاعتقال; رقم الإيداع; رقم القيد; رقم السجين; الرقم; رقم المعتقل"
    ),
    "family_name_latin": (
        "Nom de famille; Nom patronymique; Nom (latin); Nom latin; Family name; Last name; Surname; "
        "Family name (Latin); Nom de famille (latin); Nom de famille (caractères latins); Nom en français; "
        "Nom (fr); الاسم العائلي (باللاتينية); الاسم العائلي بالحروف اللاتينية; الاسم العائلي بالفرنسية"
    ),
    "given_name_latin": (
        "Prénom; Prénoms; Prénom(s); Prénom (latin); Prénom latin; Prénom en français; Prénom (fr); Given name; "
        "Given names; First name; Forename; Given name (Latin); Prénom (caractères latins); "
        "الاسم الشخصي (باللاتينية); الاسم الشخصي بالحروف اللاتينية; الاسم الشخصي بالفرنسية"
    ),
    "full_name_latin": (
        "Nom; Name; Nom et prénom; Nom et prénoms; Nom complet; Nom & prénom; Prénom et nom; Full name; "
        "Full name (Latin); Nom prénom"
    ),
    "family_name_ar": (
        "الاسم العائلي; النسب; اسم العائلة; اللقب; الاسم العائلي بالعربية; الاسم العائلي (بالعربية); "
        "Nom (arabe); Nom arabe; Nom en arabe; Nom de famille (arabe); Family name (Arabic); Arabic family name; "
        "Last name (Arabic); Surname (Arabic); الاسم العائلي بالحروف العربية"
    ),
    "given_name_ar": (
        "الاسم الشخصي; الاسم الأول; الاسم الشخصي بالعربية; الاسم الشخصي (بالعربية); Prénom (arabe); "
        "Prénom arabe; Prénom en arabe; Given name (Arabic); Arabic given name; First name (Arabic); "
        "الاسم الشخصي بالحروف العربية"
    ),
    "full_name_ar": (
        "الاسم; الاسم الكامل; الاسم والنسب; الاسم العائلي والشخصي; الاسم الشخصي والعائلي; اسم السجين; "
        "اسم المعتقل; اسم النزيل; Nom complet (arabe); Nom et prénom (arabe); Full name (Arabic); Name (Arabic)"
    ),
    "cin": (
        "CIN; CNIE; C.I.N.; N° CIN; N° CNIE; Numéro CIN; Carte nationale; Carte d'identité; "
        "Carte d'identité nationale; CIN / CNIE; Carte nationale (CIN); National ID; National ID card; "
        "National ID card (CIN); National identity card; ID card; ID number; البطاقة الوطنية; "
        "رقم البطاقة الوطنية; بطاقة التعريف الوطنية; رقم بطاقة التعريف; رقم البطاقة; رقم ب ت و; ب.ت.و; "
        "رقم البطاقة الوطنية للتعريف"
    ),
    "birth_date": (
        "Date de naissance; Né le; Né(e) le; Date naissance; Naissance; DDN; Birth date; Date of birth; "
        "Birthdate; DOB; Born; Born on; تاريخ الازدياد; تاريخ الميلاد; تاريخ الولادة; مزداد بتاريخ; الازدياد"
    ),
    "birthplace": (
        "Lieu de naissance; Lieu naissance; Né(e) à; Né à; Birthplace; Place of birth; مكان الازدياد; "
        "محل الازدياد; مكان الولادة; مكان الميلاد"
    ),
    "sex": ("Sexe; Genre; Sex; Gender; الجنس; النوع"),
    "nationality": ("Nationalité; Nationalités; Nationality; Nationalities; Citizenship; الجنسية; الجنسيات"),
    "admission_date": (
        "Date d'écrou; Date écrou; Date d'entrée; Date d'incarcération; Écroué le; Date d'admission; "
        "Date d'entrée en détention; Incarcéré le; Admission date; Date of admission; Admitted; Admitted on; "
        "Entry date; Date of entry; Detained since; تاريخ الاعتقال; تاريخ الإيداع; تاريخ الدخول; "
        "تاريخ الإيداع بالسجن"
    ),
    "legal_status": (
        "Situation pénale; Statut pénal; Situation judiciaire; Statut juridique; Statut; Statut judiciaire; "
        "Catégorie pénale; Situation légale; Legal status; Status; Judicial status; Penal status; "
        "الوضعية الجنائية; الوضعية الجزائية; الوضعية القانونية; الوضعية القضائية; الحالة الجنائية; "
        "الصفة الجنائية; الوضعية"
    ),
    "sentence": (
        "Peine; Peine prononcée; Durée de la peine; Condamnation; Peine privative de liberté; Quantum; Sentence; "
        "Term; Length of sentence; Penalty; Sentence length; العقوبة; مدة العقوبة; العقوبة المحكوم بها; الحكم; "
        "مدة الحكم; منطوق الحكم"
    ),
    "final_judgment": (
        "Date du jugement définitif; Date jugement définitif; Jugement définitif; Définitif le; "
        "Date de l'arrêt définitif; Date de la condamnation définitive; Date du jugement; Final judgment; "
        "Final judgement; Date of final judgment; Final judgment date; Final on; Judgment date; "
        "تاريخ الحكم النهائي; الحكم النهائي; تاريخ الحكم; تاريخ اكتساب الحكم قوة الشيء المقضي به"
    ),
    "role": (
        "Rôle; Rôle dans le groupe; Fonction dans le groupe; Role; Role in the group; Group role; الدور; "
        "الدور داخل التنظيم; الدور في التنظيم; الدور داخل الجماعة; الدور في الجماعة; الصفة داخل التنظيم"
    ),
    "returnee": (
        "Rapatrié; Rapatriée; Rapatrié(e); Revenant; Retour de zone; Retour de zone de conflit; "
        "De retour de zone; Returnee; Returned; Repatriated; عائد; العائدون; عائد من بؤر التوتر; من العائدين; "
        "مرحل; عائد من مناطق النزاع"
    ),
    "unit": (
        "Quartier; Unité; Aile; Secteur; Affectation; Pavillon; Bloc; Unit; Wing; Block; الحي; الجناح; حي; "
        "الوحدة; حي الإيواء"
    ),
    "offence": (
        "Infraction; Infractions; Chef d'inculpation; Motif; Motif d'incarcération; Nature de l'infraction; "
        "Nature du délit; Qualification; Inculpation; Offence; Offense; Charge; Charges; Crime; التهمة; التهم; "
        "الجريمة; الأفعال المنسوبة; نوع الجريمة; المنسوب إليه"
    ),
    "notes": (
        "Observations; Observation; Remarques; Remarque; Notes; Note; Remarks; Comments; ملاحظات; ملاحظة; بيانات أخرى"
    ),
}

_KNOWN = {fold(header): field for field, headers in _HEADERS.items() for header in headers.split(";")}


def known_headers(headers: Iterable) -> int:
    """How many different fields a row of cells names."""
    return len({_KNOWN[folded] for folded in map(fold, headers) if folded in _KNOWN})


def propose(headers: Sequence[str], samples: Sequence[Sequence] = ()) -> list[str | None]:
    """The field of each column, None for a column that is not read.

    `samples`: some rows, to tell a Latin column of names from an Arabic one where the headers do not say. A bare "Nom"
    is a family name beside a "Prénom" and a full name alone; a bare "الاسم" is a given name beside "النسب". Each field
    is proposed once: the first column that claims it has it.
    """
    fields = [_KNOWN.get(fold(header)) for header in headers]
    for index, field in enumerate(fields):
        if field in _OTHER_SCRIPT:
            cells = [row[index] for row in samples if index < len(row) and fold(row[index])]
            arabic = sum(map(is_arabic, cells))
            if cells and (arabic * 2 > len(cells)) is not field.endswith("_ar"):
                fields[index] = _OTHER_SCRIPT[field]
    for script in ("latin", "ar"):
        family, given, full = (f"{part}_name_{script}" for part in ("family", "given", "full"))
        if full in fields and given in fields and family not in fields:
            fields[fields.index(full)] = family
        elif full in fields and family in fields and given not in fields:
            fields[fields.index(full)] = given
    taken: set[str | None] = set()
    for index, field in enumerate(fields):
        if field in taken:
            fields[index] = None
        taken.add(field)
    return fields


def missing(fields: Sequence[str | None]) -> list[str]:
    """The fields that no column holds and without which no row can be imported; "full_name_latin" stands for a name."""
    absent = [field for field in REQUIRED if field not in fields]
    return absent if set(fields) & set(NAMES) else [*absent, "full_name_latin"]
