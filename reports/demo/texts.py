"""What staff write, in the languages they work in: reasons, evidence, statements, notes. All of it is made up."""

FIRST = {
    1: [
        "Rôle d'encadrement établi par la condamnation ; propos d'endoctrinement relevés dès l'accueil. Quartier séparé et suivi rapproché.",
        "Financement établi et assumé. Aucun signe de remise en question à ce jour. Les visites familiales sont maintenues.",
        "ثبت دوره في الاستقطاب، ولم تظهر بعد أي مراجعة. يعاد النظر بعد ثلاثة أشهر.",
    ],
    2: [
        "Engagement extrémiste reconnu, mais échange possible avec l'équipe ; réseau familial présent. Niveau 2.",
        "A suivi le groupe sans y commander. Accepte l'entretien et pose des questions. Niveau 2, à revoir au trimestre.",
        "ثبت انخراطه في التنظيم، ويقبل الحوار مع الفريق ويحافظ على صلته بأسرته. المستوى الثاني.",
    ],
    3: [
        "N'a pris part à aucun combat et ne défend pas la doctrine du groupe. Conduite calme. Niveau 3.",
        "Aide logistique ponctuelle, sans adhésion. Famille présente, projet de travail. Niveau 3.",
        "لم يشارك في القتال ولا يتبنى فكر الجماعة، وسلوكه هادئ. المستوى الثالث.",
    ],
}
PERIODIC = {
    1: [
        "Pas de changement : continue d'exercer une influence sur les plus jeunes, refuse le dialogue. Le contact familial reste favorable.",
        "Deux tentatives de prêche en cour relevées ce trimestre. Maintien au niveau 1 ; entretiens psychologiques proposés.",
        "ما زال يسعى إلى التأثير في غيره، وقد سُجلت واقعتان خلال الفصل. الإبقاء على المستوى الأول.",
    ],
    2: [
        "Conduite régulière, assiduité aux cours, regrets exprimés avec prudence. Maintien au niveau 2.",
        "Échanges ouverts avec l'équipe ; distance prise avec le groupe, encore à confirmer. Maintien au niveau 2.",
        "سلوك منضبط ومشاركة في الدروس، ويعبر عن الندم بحذر. الإبقاء على المستوى الثاني.",
        "Le travail à l'atelier et les visites de la mère sont des appuis réels. Niveau 2 maintenu.",
    ],
    3: [
        "Aucun incident. Formation en cours, projet de sortie avec la famille. Maintien au niveau 3.",
        "Reste à l'écart des meneurs. Suit la formation professionnelle. Niveau 3.",
        "لا حوادث. يتابع التكوين المهني ويهيئ لما بعد الإفراج مع أسرته. الإبقاء على المستوى الثالث.",
    ],
}
SOFTER = [
    "Depuis le dernier examen : rupture avec le groupe dite et montrée, participation aux cours, regrets envers les victimes. Passage à un niveau moins strict.",
    "تغير واضح منذ آخر تقييم: قطع صلته بالجماعة وشارك في الأنشطة وعبر عن ندمه. الانتقال إلى مستوى أقل تشددا.",
]
STRICTER = [
    "Éléments nouveaux et vérifiés : a fait circuler des écrits d'endoctrinement et fait pression sur un codétenu. Niveau plus strict, à revoir dans trois mois.",
    "ثبت تداول كتابات تحريضية والضغط على نزيل آخر. الانتقال إلى مستوى أشد، ويعاد النظر بعد ثلاثة أشهر.",
]
AFTER_ROUND = [
    "A achevé le programme Moussalaha avec assiduité ; retour critique argumenté sur son parcours. Élément favorable retenu.",
    "أتم برنامج مصالحة بمواظبة وقدم مراجعة نقدية لمساره. يؤخذ ذلك لصالحه.",
]
DIFFERENCE = "Les constats sont incomplets ; l'observation quotidienne et les entretiens fondent la proposition."

# Findings by tier: domain, rating, established, evidence, source
FINDINGS = {
    1: [
        ("ideology", "marked", True, "Justifie la violence dans trois entretiens successifs.", "Entretiens"),
        ("group_role", "some", True, "Rôle retenu par l'arrêt de condamnation.", "Arrêt"),
        ("recruitment", "marked", True, "A tenté de rallier deux jeunes détenus du quartier.", "Rapports du quartier"),
        ("finance", "none", False, "Aucun élément.", "Dossier pénal"),
        ("violence", "some", True, "Menaces envers un codétenu, consignées.", "Registre des incidents"),
        ("conduct", "some", True, "Deux avertissements ce semestre.", "Registre disciplinaire"),
        ("reconciliation", "none", False, "Refuse tout échange sur son parcours.", "Entretiens"),
        ("family", "some", False, "Visites régulières de la mère.", "Registre des visites"),
    ],
    2: [
        ("ideology", "some", True, "Reconnaît avoir adhéré ; nuance désormais son propos.", "Entretiens"),
        ("group_role", "some", True, "Exécutant, sans commandement, selon l'arrêt.", "Arrêt"),
        ("recruitment", "none", False, "Aucun fait relevé en détention.", "Rapports du quartier"),
        ("finance", "none", False, "Aucun élément.", "Dossier pénal"),
        ("violence", "some", True, "Participation retenue par l'arrêt, aucun fait en détention.", "Arrêt"),
        ("conduct", "none", False, "Respecte le règlement.", "Registre disciplinaire"),
        ("reconciliation", "some", False, "Prend ses distances avec le groupe, écrit à sa famille.", "Entretiens"),
        ("family", "marked", False, "Famille présente, épouse et enfants en visite.", "Registre des visites"),
        ("work", "some", False, "Inscrit à la formation en menuiserie.", "Formation"),
        ("remorse", "some", False, "Regrets exprimés envers les victimes.", "Entretiens"),
    ],
    3: [
        ("ideology", "none", False, "Ne défend pas la doctrine du groupe.", "Entretiens"),
        ("group_role", "none", False, "Aide ponctuelle, sous influence d'un proche.", "Arrêt"),
        ("recruitment", "none", False, "Aucun élément.", "Rapports du quartier"),
        ("finance", "none", False, "Aucun élément.", "Dossier pénal"),
        ("violence", "none", False, "N'a jamais combattu.", "Arrêt"),
        ("conduct", "none", False, "Aucun incident.", "Registre disciplinaire"),
        ("reconciliation", "some", False, "Demande à reprendre des études.", "Entretiens"),
        ("work", "marked", False, "Assidu à l'atelier.", "Formation"),
    ],
}

STATEMENTS = [
    "أرغب في المشاركة في برنامج مصالحة لأراجع ما كنت أعتقده وأعود إلى أسرتي.",
    "أريد أن أفهم ديني فهما صحيحا وأن أعتذر لمن آذيتهم.",
    "سمعت عن البرنامج من نزيل سابق، وأطلب أن أشارك فيه بمحض إرادتي.",
    "أطلب المشاركة، وأعرف أن البرنامج لا يعد بعفو وأن لي أن أنسحب متى شئت.",
    "Je demande à participer au programme pour comprendre où je me suis trompé et préparer ma sortie.",
    "Je veux parler avec des savants et apprendre un métier pour mes enfants.",
]
FINAL_REPORTS = [
    "Parcours achevé avec sérieux. Argumente désormais contre les textes qu'il diffusait. Projet professionnel réaliste.",
    "أتم المسار بجدية، وأصبح يناقش بالحجة ما كان يردده، وله مشروع مهني واقعي.",
    "Assidu dans les quatre volets. A demandé pardon par écrit à sa famille. Suivi psychologique à poursuivre dehors.",
]
MID_TERM = "À mi-parcours : présence régulière, participation croissante aux échanges sur le droit et la dignité."
WITHDRAWAL = "يفضل متابعة دراسته هذه السنة."
REMOVAL = (
    "A menacé un autre participant à deux reprises malgré l'avertissement ; l'entretien de conciliation n'a pas abouti."
)

APPEAL_GROUNDS = [
    "أطلب إعادة النظر، فأنا لم أقم بما نسب إلي وقد شهد بذلك نزيلان.",
    "Je conteste : les écrits trouvés n'étaient pas à moi, et personne ne m'a entendu.",
    "منذ سنة وأنا منضبط في الدروس، وأرى أن هذا القرار لم يأخذ ذلك بعين الاعتبار.",
]

# kind, severity, place, account, measures
INCIDENTS = [
    ("threat", "minor", "Cour de promenade", "Échange de menaces verbales entre deux détenus après un match.", "Séparés sur-le-champ, entretien avec chacun."),
    ("recruitment", "serious", "Salle de cours", "A lu à voix haute un texte appelant à la violence devant quatre jeunes détenus.", "Texte saisi, détenu entendu, parquet informé."),
    ("contraband", "minor", "Cellule 14", "Téléphone portable trouvé lors d'une fouille ordinaire.", "Objet saisi et consigné."),
    ("violence", "serious", "Réfectoire", "Coup porté à un codétenu ; plaie au visage, trois points de suture.", "Soins, certificat médical, parquet informé."),
    ("ordinary_contact", "minor", "Couloir de l'infirmerie", "Contact de quelques minutes avec un détenu ordinaire lors d'un retour de soins.", "Itinéraire revu avec l'infirmerie."),
    ("hunger_strike", "minor", "Quartier 2", "رفض الوجبات منذ الصباح احتجاجا على تأخر مراسلة.", "زيارة الطبيب يوميا، وتتبع المراسلة مع الإدارة."),
    ("damage", "minor", "Atelier", "Bris d'un établi, par accident selon deux témoins.", "Réparation faite à l'atelier."),
]  # fmt: skip

KEEP_APART = [
    "Menaces réciproques après témoignage à l'audience.",
    "A témoigné contre l'autre dans la même affaire.",
    "خلاف قديم بين العائلتين، مع تهديد مكتوب.",
    "Recruteur présumé et jeune détenu qu'il a tenté de rallier.",
]
SUPPORT = [
    "Aide à l'inscription en formation",
    "Orientation vers le centre de réinsertion",
    "مواكبة للحصول على عمل",
    "",
]


def first_reasons(rng, tier):
    """Reasons of a first decision."""
    return rng.choice(FIRST[tier])


def periodic_reasons(rng, tier, before):
    """Reasons of a later decision, given the tier before."""
    if before is None or tier == before:
        return rng.choice(PERIODIC[tier])
    return rng.choice(SOFTER if tier > before else STRICTER)


def findings(tier, *, final, observed_on):
    """Findings of an assessment that lead to this tier; for the untried, what a judgment would establish is only alleged."""
    return {
        domain: {
            "rating": rating,
            "established": established and (final or source not in ("Arrêt", "Dossier pénal")),
            "evidence": evidence if final or source != "Arrêt" else "Selon l'accusation, non jugé.",
            "source": source,
            "observed_on": observed_on,
        }
        for domain, rating, established, evidence, source in FINDINGS[tier]
    }
