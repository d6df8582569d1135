"""Plausible Moroccan names in both scripts. A line is one Arabic spelling and the Latin ones that papers show."""

from typing import NamedTuple

MEN = """
محمد: Mohamed, Mohammed
امحمد: Mhamed, M'hamed
أحمد: Ahmed
عبد الله: Abdellah, Abdallah
عبد الرحمن: Abderrahmane, Abderrahman
عبد الرحيم: Abderrahim
عبد القادر: Abdelkader
عبد الكريم: Abdelkrim
عبد الحق: Abdelhak
عبد السلام: Abdeslam, Abdessalam
عبد الصمد: Abdessamad
عبد اللطيف: Abdellatif
عبد العزيز: Abdelaziz
عبد العالي: Abdelali
عبد الواحد: Abdelouahed
عبد المجيد: Abdelmajid
عبد الغني: Abdelghani
عبد الجليل: Abdeljalil
عبد الفتاح: Abdelfattah
عبد الهادي: Abdelhadi
عبد النبي: Abdennabi
علي: Ali
عمر: Omar
عثمان: Othmane, Othman
يوسف: Youssef, Youcef
ياسين: Yassine, Yacine
يونس: Younes
إبراهيم: Ibrahim, Brahim
إسماعيل: Ismail
إدريس: Driss, Idriss
إلياس: Ilyas, Ilyass
أيوب: Ayoub
أنس: Anas, Anass
أسامة: Oussama
أشرف: Achraf
أمين: Amine
بلال: Bilal
توفيق: Toufik, Taoufik
جمال: Jamal
جواد: Jaouad, Jawad
جلال: Jalal
حسن: Hassan
حسين: Houcine, Hussein
لحسن: Lahcen
حميد: Hamid
حمزة: Hamza
خالد: Khalid
رشيد: Rachid
رضا: Reda
رضوان: Redouane
زكرياء: Zakaria, Zakariae
زهير: Zouhair
سعيد: Said
سفيان: Soufiane, Sofiane
سليمان: Slimane, Soulaimane
سمير: Samir
صلاح الدين: Salaheddine, Salah Eddine
نور الدين: Noureddine, Nour Eddine
عز الدين: Azzeddine
بدر الدين: Badreddine, Badr Eddine
علاء الدين: Alaeddine
طارق: Tarik, Tariq
طه: Taha
عادل: Adil
عصام: Issam
عماد: Imad
فؤاد: Fouad
فيصل: Fayçal, Faysal
كريم: Karim
كمال: Kamal
مراد: Mourad
مروان: Marouane, Marwan
مصطفى: Mustapha, Mostafa
معاذ: Mouad
منير: Mounir
ميلود: Miloud
نبيل: Nabil
هشام: Hicham
وليد: Oualid, Walid
يحيى: Yahya
بوشعيب: Bouchaib
العربي: Larbi
الجيلالي: Jilali
المختار: Mokhtar, El Mokhtar
"""

WOMEN = """
فاطمة: Fatima
فاطمة الزهراء: Fatima Zahra, Fatima-Zohra
خديجة: Khadija
زينب: Zineb
مريم: Meryem, Mariam
نعيمة: Naima
سعاد: Souad
رشيدة: Rachida
لطيفة: Latifa
حياة: Hayat
سناء: Sanae
مليكة: Malika
إيمان: Imane
حنان: Hanane
"""

FAMILIES = """
العلوي: Alaoui, El Alaoui
العمراني: Amrani, El Amrani
الإدريسي: Idrissi, El Idrissi
بنعلي: Benali, Ben Ali
بن جلون: Benjelloun
بناني: Bennani
بنشقرون: Benchekroun
بن سليمان: Benslimane, Ben Slimane
بن عمر: Benomar, Ben Omar
بنموسى: Benmoussa, Ben Moussa
بنعيسى: Benaissa, Ben Aissa
بن الطيب: Bentayeb, Ben Tayeb
بنحمو: Benhammou
بن داود: Bendaoud, Ben Daoud
بنصالح: Bensalah, Ben Salah
برادة: Berrada
بوعزة: Bouazza
بوزيد: Bouzid
بوهلال: Bouhlal
بوطالب: Boutaleb
بوشتى: Bouchta
بوزكري: Bouzekri
بلحاج: Belhaj
بلخير: Belkheir
بلقاسم: Belkacem
التازي: Tazi, Ettazi
الفاسي: Fassi, El Fassi
الفهري: Fihri, El Fihri
الوزاني: Ouazzani, El Ouazzani
السعيدي: Saidi, Essaidi
الناجي: Naji, Ennaji
الراشدي: Rachidi, Errachidi
الشرقاوي: Cherkaoui, Charkaoui
الشريف: Cherif, Charif
الطاهري: Tahiri, Ettahiri
الزهراوي: Zahraoui, Ezzahraoui
القادري: Kadiri, El Kadiri
القاسمي: Kasmi, El Kasmi
المرابط: Mrabet, Lmrabet
المنصوري: Mansouri, El Mansouri
الحسني: Hassani, El Hassani
الحمداوي: Hamdaoui, El Hamdaoui
الخطابي: Khattabi, El Khattabi
الخياري: Khiari, El Khiari
العروسي: Laaroussi, El Aroussi
العزوزي: Azzouzi, El Azzouzi
العثماني: Othmani, El Othmani
الغازي: Ghazi, El Ghazi
الغربي: Gharbi, El Gharbi
الكتاني: Kettani, El Kettani
المالكي: Malki, El Malki
المغراوي: Maghraoui, El Maghraoui
الهلالي: Hilali, El Hilali
اليعقوبي: Yaakoubi, El Yacoubi
المرزوقي: Marzouki, El Marzouki
المسعودي: Messaoudi, El Messaoudi
المصباحي: Mesbahi, El Mesbahi
النعيمي: Naimi, Ennaimi
الصالحي: Salhi, Essalhi
الصغير: Seghir, Esseghir
الطويل: Touil, Ettouil
العبدي: Abdi, El Abdi
العلمي: Alami, El Alami
العياشي: Ayachi, El Ayachi
الغماري: Ghomari, El Ghomari
الفيلالي: Filali, El Filali
القرشي: Korchi, El Korchi
الكبير: Lakbir, El Kebir
المحمدي: Mohammadi, El Mohammadi
المختاري: Mokhtari, El Mokhtari
الورياغلي: Ouriaghli
الريفي: Rifi, Errifi
السوسي: Soussi, Essoussi
الدكالي: Doukkali, Eddoukali
الشاوي: Chaoui, Echaoui
الحياني: Hayani, El Hayani
المراكشي: Marrakchi, El Marrakchi
التطواني: Tetouani
الجبلي: Jebli, El Jebli
الصحراوي: Sahraoui, Essahraoui
أيت أحمد: Ait Ahmed, Aït Ahmed
أيت علي: Ait Ali, Aït Ali
أيت الحاج: Ait El Haj, Aït Lhaj
أيت بها: Ait Baha, Aït Baha
أيت موسى: Ait Moussa, Aït Moussa
أيت سعيد: Ait Said, Aït Saïd
أوعلي: Ouali, Ou Ali
أوحمو: Ouhammou
أمزيان: Ameziane, Amziane
أزروال: Azeroual
أبركان: Aberkane
أكنوش: Aknouch
جبران: Joubrane
حجي: Hajji
حداد: Haddad
حمومي: Hamoumi
خلوفي: Khloufi
دحماني: Dahmani
رحموني: Rahmouni
رزقي: Rezki
زروالي: Zerouali
زياني: Ziani
سباعي: Sbai
شكري: Choukri
شهبي: Chahbi
صبري: Sabri
صديقي: Seddiki
عسري: Asri
عطار: Attar
عوادي: Aouadi
غلاب: Ghallab
فارس: Fares
قدوري: Kaddouri
كنوني: Guennouni
كرومي: Kerroumi
لحلو: Lahlou
لمريني: Lamrini
مزوار: Mezouar
مسكين: Meskine
نجار: Najjar
هرواش: Herrouach
وهبي: Ouahbi
ولد سيدي: Ould Sidi
يخلف: Ikhlef
"""

# Foreigners: country, family and given name in both scripts.
FOREIGN = [
    ("FR", "Moreau", "Kevin", "مورو", "كيفن"),
    ("FR", "Lambert", "Thomas", "لامبير", "توماس"),
    ("DZ", "Boudiaf", "Sofiane", "بوضياف", "سفيان"),
    ("DZ", "Hamidouche", "Nassim", "حميدوش", "نسيم"),
    ("TN", "Trabelsi", "Walid", "الطرابلسي", "وليد"),
    ("SY", "Al Halabi", "Omar", "الحلبي", "عمر"),
    ("ML", "Traoré", "Moussa", "تراوري", "موسى"),
    ("MR", "Ould Cheikh", "Sidi Mohamed", "ولد الشيخ", "سيدي محمد"),
]

KUNYAS = """
أبو عبد الله: Abou Abdellah
أبو أنس: Abou Anas
أبو حمزة: Abou Hamza
أبو يحيى: Abou Yahya
أبو عمر: Abou Omar
أبو إلياس: Abou Ilyas
أبو بكر: Abou Bakr
أبو سليمان: Abou Souleymane
أبو مصعب المغربي: Abou Mossaab Al Maghribi
أبو ياسين الريفي: Abou Yassine Errifi
"""

# Birthplaces; a city named twice is twice as likely.
CITIES = (
    """
Casablanca, Casablanca, Casablanca, Fès, Fès, Tanger, Tanger, Tétouan, Tétouan, Fnideq, Salé, Salé, Rabat, Kénitra,
Meknès, Meknès, Marrakech, Agadir, Oujda, Nador, Berkane, Taza, Larache, Safi, Settat, Khouribga, Béni Mellal,
Errachidia, Témara
""".replace("\n", " ")
    .strip()
    .split(", ")
)


class Name(NamedTuple):
    """A name as the register keeps it."""

    family_latin: str
    given_latin: str
    family_ar: str
    given_ar: str


def parse(lines):
    """`[(Arabic, [Latin, ...]), ...]`."""
    rows = (line.split(":") for line in lines.strip().splitlines())
    return [(arabic.strip(), [latin.strip() for latin in spellings.split(",")]) for arabic, spellings in rows]


_MEN, _WOMEN, _FAMILIES = parse(MEN), parse(WOMEN), parse(FAMILIES)
KUNYA_PAIRS = [(arabic, latin[0]) for arabic, latin in parse(KUNYAS)]


def moroccan(rng, sex="M"):
    """A name by chance. Some men bear two given names; the first Latin spelling is the commonest."""
    family_ar, families = _one(rng, _FAMILIES)
    given_ar, given = _one(rng, _WOMEN if sex == "F" else _MEN)
    first = _spelt(rng, given)
    if sex == "M" and rng.random() < 0.12 and given_ar != "محمد":
        return Name(_spelt(rng, families), f"Mohamed {first}", family_ar, f"محمد {given_ar}")
    return Name(_spelt(rng, families), first, family_ar, given_ar)


def _one(rng, rows):
    return rows[int(rng.random() * len(rows))]


def _spelt(rng, spellings):
    """The usual spelling, or now and then another one."""
    if len(spellings) == 1 or rng.random() < 0.75:
        return spellings[0]
    return spellings[1 + int(rng.random() * (len(spellings) - 1))]
