"""The seventeen prisons of the demo and their units. Which prison holds whom is made up; only the names are real."""

from datetime import date

from facilities.models import Facility, Region, Unit

Purpose = Unit.Purpose

# code, French, Arabic, region, city, kind, people in custody on the day of loading, women too
PRISONS = [
    ("sale-2", "Salé 2", "سلا 2", "rabat-sale-kenitra", "Salé", "local", 142, False),
    ("kenitra", "Kénitra central", "القنيطرة المركزي", "rabat-sale-kenitra", "Kénitra", "central", 74, False),
    ("toulal-2", "Toulal 2", "تولال 2", "fes-meknes", "Meknès", "local", 82, False),
    ("moul-el-bergui", "Moul El Bergui central", "مول البركي المركزي", "marrakech-safi", "Safi", "central", 60, False),
    ("el-arjat-1", "El Arjat 1", "العرجات 1", "rabat-sale-kenitra", "Salé", "local", 62, True),
    ("ain-sebaa-1", "Aïn Sebaâ 1", "عين السبع 1", "casablanca-settat", "Casablanca", "local", 60, False),
    ("el-arjat-2", "El Arjat 2", "العرجات 2", "rabat-sale-kenitra", "Salé", "local", 58, False),
    ("tanger-2", "Tanger 2", "طنجة 2", "tanger-tetouan-al-hoceima", "Tanger", "local", 56, False),
    ("oudaya", "Oudaya", "الأوداية", "marrakech-safi", "Marrakech", "local", 44, False),
    ("sale", "Salé", "سلا", "rabat-sale-kenitra", "Salé", "local", 40, False),
    ("oujda-2", "Oujda 2", "وجدة 2", "oriental", "Oujda", "local", 30, False),
    ("larache-2", "Larache 2", "العرائش 2", "tanger-tetouan-al-hoceima", "Larache", "local", 26, False),
    ("ait-melloul", "Aït Melloul", "أيت ملول", "souss-massa", "Aït Melloul", "local", 26, False),
    ("nador", "Nador", "الناظور", "oriental", "Nador", "local", 20, False),
    ("el-jadida", "El Jadida", "الجديدة", "casablanca-settat", "El Jadida", "local", 18, False),
    ("ouarzazate", "Ouarzazate", "ورزازات", "draa-tafilalet", "Ouarzazate", "local", 14, False),
    ("berrechid", "Berrechid", "برشيد", "casablanca-settat", "Berrechid", "local", 0, False),
]
IN_CUSTODY = sum(row[6] for row in PRISONS)
OFFICERS_PRISON, OTHER_PRISON = "sale-2", "toulal-2"
HOSTS = {1: "kenitra", 2: "toulal-2", 3: "sale-2"}
WOMEN = "el-arjat-1"
FIRST_NUMBER = {"sale-2": 41_001}  # the register sheet of this prison begins at 45000

ALL = [0, 1, 2, 3]
WINGS = {1: "Quartier 1", 2: "Quartier 2", 3: "Quartier 3"}
REMAND_WING, RECEPTION, PROGRAMME, SEPARATION, MEDICAL, WOMENS_WING, WOMENS_SEPARATION = (
    "Prévention",
    "Accueil",
    "Moussalaha",
    "Isolement",
    "Infirmerie",
    "Quartier femmes",
    "Isolement femmes",
)


def register_prisons():
    """Register the prisons alone. Returns `{code: Facility}`."""
    regions = {region.code: region for region in Region.objects.all()}
    return {
        code: Facility.objects.create(
            code=code,
            name_fr=name_fr,
            name_ar=name_ar,
            region=regions[region],
            city=city,
            kind=kind,
            holds_women=women,
            opened_on=date(1990, 1, 1),
        )
        for code, name_fr, name_ar, region, city, kind, _people, women in PRISONS
    }


def load(inside):
    """Register the prisons and their units. Returns `({code: Facility}, {(code, unit name): Unit})`.

    `inside` counts the people who live in each `(code, unit name)`; every unit has room for some more.
    """
    prisons, units = register_prisons(), {}
    for code, *_names, people, _women in PRISONS:
        for unit in _units(prisons[code], people, inside):
            unit.save()
            units[code, unit.name] = unit
    return prisons, units


def _units(prison, people, inside):
    """The units of one prison."""

    def unit(name, purpose, tiers, places=0, **rules):
        here = inside[prison.code, name]
        places = places or 10 + people // 10 + here + here // 5
        return Unit(
            facility=prison,
            name=name,
            purpose=purpose,
            tiers=tiers,
            certified_capacity=places,
            working_capacity=places,
            **rules,
        )

    for tier, name in WINGS.items():
        yield unit(name, Purpose.TIER, [tier], takes_untried=False)
    yield unit(REMAND_WING, Purpose.REMAND, ALL, takes_convicted=False)
    yield unit(RECEPTION, Purpose.RECEPTION, ALL)
    yield unit(SEPARATION, Purpose.SEPARATION, ALL, 4)
    yield unit(MEDICAL, Purpose.MEDICAL, ALL, 6)
    if prison.code in HOSTS.values():
        yield unit(PROGRAMME, Purpose.PROGRAMME, [1, 2, 3], 45, takes_untried=False)
    if prison.holds_women:
        yield unit(WOMENS_WING, Purpose.TIER, ALL, 10, sex="F")
        yield unit(WOMENS_SEPARATION, Purpose.SEPARATION, ALL, 2, sex="F")
    if prison.code == OFFICERS_PRISON:
        for name in "ABC":
            yield unit(name, Purpose.TIER, ALL, 100)


def home(status, tier, sex="M"):
    """The unit where somebody of this legal status and tier lives."""
    if sex == "F":
        return WOMENS_WING
    if tier is None:
        return RECEPTION
    return REMAND_WING if status == "remand" else WINGS[tier]
