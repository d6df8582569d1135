"""Moroccan names in both scripts, as identity papers write them: one Arabic spelling, its Latin ones."""

GIVEN = """
محمد: Mohamed, Mohammed, Mohammad, Mouhamed, Muhammad
امحمد: Mhamed, M'hamed, M'Hammed
أحمد: Ahmed, Ahmad, Ahmmed
حمودة: Hamouda, Hammouda
محمود: Mahmoud, Mahmud
عبد الله: Abdellah, Abdallah, Abdullah, Abd Allah
عبدالله: Abdellah, Abdallah
عبد الرحمن: Abderrahmane, Abderrahman, Abdurrahman, Abdelrahman, Abd Er Rahmane
عبد الرحيم: Abderrahim, Abdelrahim
عبد القادر: Abdelkader, Abdelqader, Abd el Kader
عبد الكريم: Abdelkrim, Abdelkarim
عبد الحق: Abdelhak, Abdelhaq
عبد السلام: Abdessalam, Abdeslam, Abdesslam
عبد الصمد: Abdessamad, Abdelsamad
عبد اللطيف: Abdellatif, Abdelatif
عبد العزيز: Abdelaziz, Abd el-Aziz
عبد العالي: Abdelali, Abdelaali
عبد الواحد: Abdelouahed, Abdelwahed, Abdelouahid
عبد الوهاب: Abdelouahab, Abdelwahab
عبد المجيد: Abdelmajid, Abdelmadjid
عبد النبي: Abdennabi, Abdenbi
عبد الغني: Abdelghani
عبد الجليل: Abdeljalil, Abdeldjalil
عبد الفتاح: Abdelfattah, Abdelfatah
عبد الخالق: Abdelkhalek, Abdelkhalak
عبد الهادي: Abdelhadi
علي: Ali, Aly
عمر: Omar, Omer, Umar
عثمان: Othmane, Othman, Outhmane
يوسف: Youssef, Yousef, Youcef, Yusuf
ياسين: Yassine, Yacine, Yasin
يونس: Younes, Younès, Younous
إبراهيم: Ibrahim, Brahim
إسماعيل: Ismail, Ismaïl, Smail
إدريس: Idriss, Driss, Idris
إلياس: Ilyas, Elias, Ilyass
أيوب: Ayoub, Ayyoub
آدم: Adam
أنس: Anas, Anass
أسامة: Oussama, Ousama, Usama
أشرف: Achraf, Ashraf
أمين: Amine, Amin
بلال: Bilal, Billal
توفيق: Toufik, Taoufik, Tawfiq
جمال: Jamal, Djamal
جواد: Jaouad, Jawad
جلال: Jalal, Djalal
حسن: Hassan, Hasan
حسين: Houssine, Hussein, Houcine
الحسين: El Houssine, Lhoussaine, El Hussein
لحسن: Lahcen, Lahcene
حميد: Hamid
حمزة: Hamza, Hamzah
حكيم: Hakim
خالد: Khalid, Khaled
خليل: Khalil
رشيد: Rachid, Rashid
رضا: Reda, Rida, Ridha
رضوان: Redouane, Ridouane, Redwan
زكرياء: Zakaria, Zakariae, Zakariya
زهير: Zouhair, Zouheir, Zuhair
سعيد: Said, Saïd, Saeed
سفيان: Soufiane, Soufian, Sofiane, Sufyan
سليمان: Slimane, Soulaimane, Souleymane
سمير: Samir
شفيق: Chafik, Chafiq, Shafiq
صلاح الدين: Salaheddine, Salah Eddine, Salah-Eddine
نور الدين: Noureddine, Nour Eddine, Nordine
عز الدين: Azzeddine, Azeddine, Azz-Eddine
بدر الدين: Badreddine, Badr Eddine
علاء الدين: Alaeddine, Alae Eddine
طارق: Tarik, Tariq, Tarek
طه: Taha
عادل: Adil, Adel
عصام: Issam, Aissam
عماد: Imad, Aimad
عيسى: Aissa, Issa, Aïssa
فؤاد: Fouad, Fuad
فيصل: Faysal, Faïçal, Fayçal, Faisal
قاسم: Kacem, Qasim, Kassem
كريم: Karim, Kareem
كمال: Kamal, Kamel
مراد: Mourad, Murad
مروان: Marouane, Marwan, Merouane
مصطفى: Mustapha, Mostafa, Moustapha, Mustafa
معاذ: Mouad, Moad
منير: Mounir, Munir
موسى: Moussa, Musa
ميلود: Miloud, Mouloud
نبيل: Nabil
ناصر: Nasser, Nacer
هشام: Hicham, Hisham
وسيم: Ouassim, Wassim
وليد: Oualid, Walid, Waleed
يحيى: Yahya, Yahia
بوشعيب: Bouchaib, Bouchaïb
بوجمعة: Boujemaa, Boujemâa, Boujamaa
أبو بكر: Aboubakr, Abou Bakr, Boubker
العربي: Larbi, El Arbi, Al Arabi
الجيلالي: Jilali, Djilali, El Jilali
المختار: Mokhtar, El Mokhtar
فاطمة: Fatima, Fatma, Fatimah
خديجة: Khadija, Khadidja
عائشة: Aicha, Aïcha, Aisha
زينب: Zineb, Zaynab, Zainab
مريم: Meryem, Mariam, Maryam, Meriem
نعيمة: Naima, Naïma
سعاد: Souad, Suad
رشيدة: Rachida
لطيفة: Latifa
حياة: Hayat
نجاة: Najat, Nadjat
هند: Hind
سناء: Sanae, Sanaa
ثورية: Touria, Thouria
مليكة: Malika
يطو: Itto, Yetto
إيطو: Itto
حمو: Hammou, Hamou
موحا: Moha
أوحدو: Ouhaddou, Ouhadou
"""

FAMILY = """
العلوي: Alaoui, El Alaoui, Alawi
العمراني: Amrani, El Amrani, Elamrani, Lamrani
الإدريسي: Idrissi, El Idrissi, Drissi
بنعلي: Benali, Ben Ali
بن علي: Benali, Ben Ali
بن جلون: Benjelloun, Ben Jelloun, Bendjelloun
بناني: Bennani, Benani
بنشقرون: Benchekroun, Benchakroun
بن سليمان: Benslimane, Ben Slimane
بن عمر: Benomar, Ben Omar
بنكيران: Benkirane
برادة: Berrada
التازي: Tazi, Ettazi, El Tazi
الفاسي: Fassi, El Fassi
الفهري: Fihri, El Fihri
الوزاني: Ouazzani, El Ouazzani, Wazzani
السعيدي: Saidi, Essaidi, Es-Saidi, El Saidi
الناجي: Naji, Ennaji
الراشدي: Rachidi, Errachidi, Er-Rachidi
الشرقاوي: Cherkaoui, Charkaoui, Echerkaoui
الشريف: Cherif, Charif, Echarif
الطاهري: Tahiri, Ettahiri, Tahri
الزهراوي: Zahraoui, Ezzahraoui
القادري: Kadiri, El Kadiri, Qadiri
القاسمي: Kasmi, El Kasmi, Kacimi
المرابط: Mrabet, El Mrabet, Lmrabet
المنصوري: Mansouri, El Mansouri
الحسني: Hassani, El Hassani
الحمداوي: Hamdaoui, El Hamdaoui
الخطابي: Khattabi, El Khattabi
الخياري: Khiari, El Khiari
العروسي: Laaroussi, El Aroussi, Laroussi
العزوزي: Azzouzi, El Azzouzi
العثماني: Othmani, El Othmani
الغازي: Ghazi, El Ghazi
الغربي: Gharbi, El Gharbi
الكتاني: Kettani, El Kettani
المالكي: Malki, El Malki
المغراوي: Maghraoui, El Maghraoui
الهلالي: Hilali, El Hilali
الورياغلي: Ouriaghli, El Ouriaghli
اليعقوبي: Yaakoubi, El Yacoubi, Yakoubi
أيت أحمد: Ait Ahmed, Aït Ahmed
أيت علي: Ait Ali
آيت الحاج: Ait El Haj, Ait Lhaj
أيت أوحساين: Ait Ouhssaine, Ait Ouhsaine
أوعلي: Ouali, Ou Ali
أزولاي: Azoulay
أمزيان: Ameziane, Amziane
أغزاف: Aghzaf
أخنوش: Akhannouch, Akhenouch
أكوح: Akouh
بوعزة: Bouazza, Bou Azza
بوزيد: Bouzid, Bou Zid
بوهلال: Bouhlal, Bouhlel
بوطالب: Boutaleb
بلحاج: Belhaj, Belhadj
بلخير: Belkheir, Belkhir
جبران: Joubrane, Jebrane
حجي: Hajji, Hadji
حداد: Haddad, Hadad
الحداوي: Haddaoui, El Haddaoui
دحماني: Dahmani
رزقي: Rezki, Rizki
زروالي: Zerouali
زياني: Ziani, Zyani
سباعي: Sbai, Sebai
شكري: Choukri, Chokri
شهبي: Chahbi
صبري: Sabri
صديقي: Seddiki, Sadiki, Saddiki
ضياء: Diae, Dia
طويل: Touil, Tawil
ظريف: Drif, Dharif
عسري: Asri
عطار: Attar
عوادي: Aouadi, Awadi
غلاب: Ghallab
فارس: Fares, Faris
قدوري: Kaddouri, Kadouri
گنون: Guennoun, Gannoun
كنوني: Guennouni, Kennouni
لمرابط: Lamrabet, Lmrabet
لعلج: Laalaj, Laalej
مزوار: Mezouar
نجار: Najjar, Nejjar
وهبي: Ouahbi, Wahbi
ولد سيدي: Ould Sidi
الريفي: Riffi, Rifi, Errifi
السوسي: Soussi, Essoussi
الدكالي: Doukkali, Eddoukali
الشاوي: Chaoui, Echaoui
المراكشي: Marrakchi, El Marrakchi
التطواني: Tetouani, Tetuani
الجبلي: Jebli, El Jebli, Djebli
الصحراوي: Sahraoui, Essahraoui
الضو: Daou, Eddaou
"""


def pairs():
    """(Arabic, Latin) for every spelling in the two lists."""
    for line in (GIVEN + FAMILY).strip().splitlines():
        if ":" in line:
            arabic, latin = line.split(":")
            for spelling in latin.split(","):
                yield arabic.strip(), spelling.strip()
