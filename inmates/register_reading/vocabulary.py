"""The words of registers for sex, legal status, role, nationality, yes and no, in French, Arabic and English."""

from inmates.register_reading.text import fold, folded


def _table(words: dict[str, str]) -> dict[str, str]:
    """From {value: "word; word"} to {folded word: value}."""
    return {fold(word): value for value, listed in words.items() for word in listed.split(";")}


SEXES = _table(
    {
        "M": "M; H; Masculin; Homme; Male; Man; ذكر; رجل",
        "F": "F; Féminin; Femme; Female; Woman; أنثى; امرأة",
    }
)

ANSWERS = _table(
    {
        "yes": "oui; o; yes; y; true; vrai; 1; نعم; أجل",
        "no": "non; n; no; false; faux; 0; لا; كلا",
        "not known": "inconnu; inconnue; non connu; ne sait pas; nsp; unknown; not known; غير معروف; غير محدد; مجهول",
    }
)

NOTHING = folded("néant; aucun; aucune; sans; n/a; non applicable; none; nil; لا يوجد; لا شيء; بدون", ";")

LEGAL_STATUSES = _table(
    {
        "remand": (
            "Prévenu; Prévenue; Préventif; Préventive; Détenu préventif; Détenue préventive; "
            "Détention préventive; En détention préventive; Prévenu (appel); Inculpé; Inculpée; Accusé; "
            "Remand; Remand inmate; On remand; Remanded; Pretrial; Pre-trial; Pretrial detention; Untried; "
            "معتقل احتياطي; معتقلة احتياطيا; معتقل احتياطيا; احتياطي; اعتقال احتياطي; الاعتقال الاحتياطي; "
            "رهن الاعتقال الاحتياطي"
        ),
        "convicted_appeal": (
            "Condamné (appel); Condamnée (appel); Condamné en appel; Condamnée en appel; Condamné appelant; "
            "Appelant; Appelante; Condamné non définitif; Condamnée non définitive; Condamné, en appel; "
            "Condamné, appel en cours; Condamnée, appel en cours; "
            "Condamné frappé d'appel; Condamné sous appel; Convicted, under appeal; Convicted (appeal); "
            "Condamné, jugement non définitif; Condamnée, jugement non définitif; Convicted, not final; "
            "Convicted on appeal; Under appeal; convicted_appeal; مدان (استئناف); مدان في طور الاستئناف; "
            "مدان مستأنف; مستأنف; مدان بحكم غير نهائي; محكوم (استئناف); محكوم عليه غير نهائي; مدان غير نهائي; "
            "مدان، في طور الاستئناف; مدان قيد الاستئناف; إدانة بحكم غير نهائي"
        ),
        "convicted_final": (
            "Condamné définitif; Condamnée définitive; Condamné définitivement; Condamnée définitivement; "
            "Définitif; Définitive; Condamné (définitif); Condamné, définitif; Convicted, final; "
            "Convicted (final); Finally convicted; Final; convicted_final; مدان نهائيا; مدان نهائي; "
            "مدانة نهائيا; محكوم نهائيا; محكوم عليه نهائيا; مدان بحكم نهائي; محكوم نهائي; مدان (نهائي); "
            "مدان، نهائيا; إدانة بحكم نهائي"
        ),
        "civil_imprisonment": (
            "Contraint par corps; Contrainte par corps; Contraignable par corps; Dettier; Civil imprisonment; "
            "Civil prisoner; إكراه بدني; الإكراه البدني; مكره بدنيا; مكره بدني; في إطار الإكراه البدني"
        ),
    }
)

ROLES = _table(
    {
        "recruiter": (
            "Recruteur; Recruteuse; Recrutement; Recruiter; مستقطب; مستقطبة; التجنيد; الاستقطاب; تجنيد; استقطاب"
        ),
        "ideologue": (
            "Idéologue; Prédicateur; Endoctrineur; Endoctrinement; Ideologue; Indoctrinator; Preacher; "
            "Ideologue or indoctrinator; Idéologue ou endoctrineur; منظر; مؤدلج; داعية; منظر أو مؤدلج; "
            "التنظير; منظر فكري; التنظير أو الشحن الفكري"
        ),
        "financier": (
            "Financier; Financière; Financeur; Bailleur de fonds; Financement; Funder; Financer; ممول; ممولة; "
            "التمويل; تمويل"
        ),
        "fighter": "Combattant; Combattante; Fighter; Combatant; مقاتل; مقاتلة; قتال; القتال",
        "logistics": (
            "Soutien logistique; Logistique; Logisticien; Appui logistique; Logistics; Logistical support; "
            "Logistic support; دعم لوجستي; الدعم اللوجستي; لوجستي; دعم لوجستيكي; الدعم اللوجستيكي; إسناد لوجستي"
        ),
        "propagandist": (
            "Propagandiste; Propagande; Propagandist; Propaganda; دعاية; داعم إعلامي; الدعاية; مروج; إعلامي"
        ),
        "non_combatant": (
            "Non combattant; Non-combattant; Non combattante; Noncombattant; Non combatant; Non-combatant; "
            "Noncombatant; غير مقاتل; غير مقاتلة; دون مشاركة في القتال; non_combatant"
        ),
        "other": "Autre; Autres; Other; أخرى; آخر; غير ذلك; دور آخر",
    }
)

NATIONALITIES = _table(
    {
        "MA": "Marocain; Marocaine; Maroc; Moroccan; Morocco; مغربي; مغربية; المغرب",
        "DZ": "Algérien; Algérienne; Algérie; Algerian; Algeria; جزائري; جزائرية; الجزائر",
        "TN": "Tunisien; Tunisienne; Tunisie; Tunisian; Tunisia; تونسي; تونسية; تونس",
        "LY": "Libyen; Libyenne; Libye; Libyan; Libya; ليبي; ليبية; ليبيا",
        "MR": "Mauritanien; Mauritanienne; Mauritanie; Mauritanian; Mauritania; موريتاني; موريتانية; موريتانيا",
        "EG": "Égyptien; Égyptienne; Égypte; Egyptian; Egypt; مصري; مصرية; مصر",
        "SD": "Soudanais; Soudanaise; Soudan; Sudanese; Sudan; سوداني; سودانية; السودان",
        "SY": "Syrien; Syrienne; Syrie; Syrian; Syria; سوري; سورية; سوريا",
        "IQ": "Irakien; Irakienne; Iraquien; Irak; Iraqi; Iraq; عراقي; عراقية; العراق",
        "LB": "Libanais; Libanaise; Liban; Lebanese; Lebanon; لبناني; لبنانية; لبنان",
        "JO": "Jordanien; Jordanienne; Jordanie; Jordanian; Jordan; أردني; أردنية; الأردن",
        "PS": "Palestinien; Palestinienne; Palestine; Palestinian; فلسطيني; فلسطينية; فلسطين",
        "YE": "Yéménite; Yémen; Yemeni; Yemen; يمني; يمنية; اليمن",
        "SA": "Saoudien; Saoudienne; Arabie saoudite; Saudi; Saudi Arabian; Saudi Arabia; سعودي; سعودية; السعودية",
        "TR": "Turc; Turque; Turquie; Turkish; Turkey; تركي; تركية; تركيا",
        "ML": "Malien; Malienne; Mali; Malian; مالي; مالية",
        "NE": "Nigérien; Nigérienne; Niger; Nigerien; نيجري; نيجرية; النيجر",
        "NG": "Nigérian; Nigériane; Nigéria; Nigerian; Nigeria; نيجيري; نيجيرية; نيجيريا",
        "SN": "Sénégalais; Sénégalaise; Sénégal; Senegalese; Senegal; سنغالي; سنغالية; السنغال",
        "CI": "Ivoirien; Ivoirienne; Côte d'Ivoire; Ivorian; Ivory Coast; إيفواري; إيفوارية; ساحل العاج",
        "GN": "Guinéen; Guinéenne; Guinée; Guinean; Guinea; غيني; غينية; غينيا",
        "CM": "Camerounais; Camerounaise; Cameroun; Cameroonian; Cameroon; كاميروني; كاميرونية; الكاميرون",
        "TD": "Tchadien; Tchadienne; Tchad; Chadian; Chad; تشادي; تشادية; تشاد",
        "SO": "Somalien; Somalienne; Somalie; Somali; Somalia; صومالي; صومالية; الصومال",
        "FR": "Français; Française; France; Franco; French; فرنسي; فرنسية; فرنسا",
        "BE": "Belge; Belgique; Belgo; Belgian; Belgium; بلجيكي; بلجيكية; بلجيكا",
        "NL": "Néerlandais; Néerlandaise; Hollandais; Hollandaise; Hollando; Pays-Bas; Dutch; Netherlands; هولندي; "
        "هولندية; هولندا",
        "ES": "Espagnol; Espagnole; Espagne; Hispano; Spanish; Spain; إسباني; إسبانية; إسبانيا",
        "IT": "Italien; Italienne; Italie; Italo; Italian; Italy; إيطالي; إيطالية; إيطاليا",
        "DE": "Allemand; Allemande; Allemagne; Germano; German; Germany; ألماني; ألمانية; ألمانيا",
        "GB": "Britannique; Anglais; Anglaise; Royaume-Uni; British; United Kingdom; UK; بريطاني; بريطانية; بريطانيا",
        "PT": "Portugais; Portugaise; Portugal; Portuguese; برتغالي; برتغالية; البرتغال",
        "CH": "Suisse; Helvético; Swiss; Switzerland; سويسري; سويسرية; سويسرا",
        "SE": "Suédois; Suédoise; Suède; Swedish; Sweden; سويدي; سويدية; السويد",
        "NO": "Norvégien; Norvégienne; Norvège; Norwegian; Norway; نرويجي; نرويجية; النرويج",
        "DK": "Danois; Danoise; Danemark; Danish; Denmark; دنماركي; دنماركية; الدنمارك",
        "US": "Américain; Américaine; États-Unis; Américano; American; United States; USA; أمريكي; أمريكية; "
        "الولايات المتحدة",
        "CA": "Canadien; Canadienne; Canada; Canado; Canadian; كندي; كندية; كندا",
        "RU": "Russe; Russie; Russian; Russia; روسي; روسية; روسيا",
        "AF": "Afghan; Afghane; Afghanistan; أفغاني; أفغانية; أفغانستان",
        "PK": "Pakistanais; Pakistanaise; Pakistan; Pakistani; باكستاني; باكستانية; باكستان",
    }
)

COUNTRIES = folded(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
"""ISO 3166-1 alpha-2, in small letters."""
