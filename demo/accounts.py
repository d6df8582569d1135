"""The demo's accounts, and staff for every other prison. All made up; the shared password is printed and no secret."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts import roles
from accounts.models import Posting, User
from audit import trail
from demo.places import OFFICERS_PRISON, OTHER_PRISON

SHARED = "moussalaha-demo-2019"

# username, role, prison or None, given name, family name, language
DEMO = [
    ("officer", roles.OFFICER, OFFICERS_PRISON, "Samira", "Bennis", "fr"),
    ("assessor", roles.ASSESSOR, OFFICERS_PRISON, "Hajar", "Lazrak", "fr"),
    ("director", roles.DIRECTOR, OFFICERS_PRISON, "Abdelilah", "Mernissi", "ar"),
    ("officer2", roles.OFFICER, OTHER_PRISON, "Khalil", "Sefrioui", "fr"),
    ("director2", roles.DIRECTOR, OTHER_PRISON, "Naoual", "Guessous", "fr"),
    ("reviewer", roles.REVIEWER, None, "Rajae", "Belghiti", "fr"),
    ("reviewer2", roles.REVIEWER, None, "Anouar", "Skalli", "ar"),
    ("coordinator", roles.COORDINATOR, None, "Ghita", "Tahiri Joutei", "ar"),
    ("appeals", roles.APPEALS, None, "Hicham", "Berrada Sounni", "fr"),
    ("inspector", roles.INSPECTOR, None, "Mounia", "Sqalli", "fr"),
    ("sysadmin", roles.SYSADMIN, None, "Yahya", "Chraibi", "en"),
    ("sysadmin2", roles.SYSADMIN, None, "Zineb", "Alaoui", "fr"),
]
GIVEN = [
    "Salma",
    "Karima",
    "Nadia",
    "Asmae",
    "Loubna",
    "Ahmed",
    "Driss",
    "Hassan",
    "Rachid",
    "Jaouad",
    "Mehdi",
    "Tarik",
    "Bouchra",
    "Meriem",
    "Othmane",
    "Fouad",
]
FAMILY = [
    "Benhima",
    "Lamrani",
    "Kettani",
    "Zniber",
    "Bargach",
    "Slaoui",
    "Jettou",
    "Mekouar",
    "Balafrej",
    "Bouayad",
    "Tazi",
    "Sebti",
    "Daoudi",
    "Hilali",
    "Rami",
]


@dataclass
class Staff:
    """Who acts for the demo: users by username, and primary keys for rows loaded in bulk."""

    users: dict

    def at(self, code, post):
        """The officer, assessor or director of a prison."""
        special = {
            OFFICERS_PRISON: {"officer": "officer", "assessor": "assessor", "director": "director"},
            OTHER_PRISON: {"officer": "officer2", "director": "director2"},
        }
        return self.users[special.get(code, {}).get(post, f"{code}.{post}")]

    def officer(self, code):
        """Primary key of the prison's officer."""
        return self.at(code, "officer").pk

    def assessor(self, code):
        """Primary key of the prison's assessor."""
        return self.at(code, "assessor").pk

    def director(self, code):
        """Primary key of the prison's director."""
        return self.at(code, "director").pk

    def reviewer(self, n):
        """Primary key of one of the reviewers, in turn."""
        return self.reviewing(n).pk

    def reviewing(self, n):
        """One of the reviewers, in turn."""
        return self.users[("reviewer", "reviewer2", "reviewer3")[n % 3]]

    def __getitem__(self, username):
        return self.users[username]


def load(prisons, today):
    """Make every account. Those of the demo share one password; the others cannot sign in."""
    shared = make_password(SHARED)
    wanted = [(*row, shared) for row in DEMO]
    wanted.append(("reviewer3", roles.REVIEWER, None, "Fatima", "Benchekroun", "fr", make_password(None)))
    taken = {(row[1], row[2]) for row in DEMO}
    n = 0
    for code in prisons:
        for post, role in (("officer", roles.OFFICER), ("assessor", roles.ASSESSOR), ("director", roles.DIRECTOR)):
            if (role, code) not in taken:
                given, family = GIVEN[n * 7 % len(GIVEN)], FAMILY[n * 4 % len(FAMILY)]
                wanted.append((f"{code}.{post}", role, code, given, family, "fr", make_password(None)))
                n += 1
    groups = {group.name: group for group in Group.objects.all()}
    users = {}
    for username, role, code, given, family, language, password in wanted:
        user = User.objects.create(
            username=username,
            first_name=given,
            last_name=family,
            language=language,
            national=role in roles.NATIONAL,
            is_staff=role == roles.SYSADMIN,
            qualification="Psychologue clinicienne" if role == roles.ASSESSOR else "",
            password=password,
        )
        user.groups.add(groups[role])
        if code:
            Posting.objects.create(user=user, facility=prisons[code], starts_on=today - timedelta(days=365 * 8))
        users[username] = user
        trail.record("user.created", by=None, obj=user, detail={"role": role})
    return Staff(users)
