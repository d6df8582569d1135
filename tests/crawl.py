"""Reading the service as one of its users: every page that links lead to, and what a page says about a person."""

import re
from html import unescape

from django.test import Client

from tests.documents.reading import text_of

HREF = re.compile(r'href="([^"#]+)')
HIDDEN = re.compile(r"<(script|style|head)\b.*?</\1>", re.DOTALL)
ROW = re.compile(r"<(tr|li|option)\b(?:(?!<\1\b).)*?</\1>", re.DOTALL)  # innermost rows only
TAG = re.compile(r"<[^>]+>")

# Words of the programme in the three languages; reconciliation itself is a word of classification too.
PROGRAMME_WORDS = re.compile(
    r"mou?ssalaha|musalaha|\bprogrammes?\b|\brounds?\b|\bcohorts?\b|\bgraduat|withdr[ae]w|\benrol"
    r"|\bédition|\bretrait|\bbénéficiaire|\bachèvement|\bcohorte"
    r"|برنامج|دورة|انسحاب|مستفيد",
    re.IGNORECASE,
)


def visible(html):
    """The text that a reader sees."""
    return unescape(TAG.sub(" ", HIDDEN.sub(" ", html)))


def without_others(html, names):
    """A list without its rows about anything else than the people of these names."""
    return ROW.sub(lambda row: row[0] if any(name in unescape(row[0]) for name in names) else " ", html)


def walk(user, starts, *, follow=lambda address: True, most=2000):
    """`(address, content type, body)` of every page that `user` reaches by links from `starts`, each once."""
    client = Client()
    client.force_login(user)
    waiting, seen = list(starts), set(starts)
    while waiting and len(seen) <= most:
        address = waiting.pop(0)
        answer = client.get(address)
        if answer.status_code != 200:
            assert answer.status_code in (302, 403, 404, 405), (address, answer.status_code)
            continue
        kind = answer["Content-Type"].split(";")[0]
        body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
        yield address, kind, body
        if kind == "text/html":
            for found in HREF.findall(body.decode()):
                target = unescape(found)
                if target.startswith("?"):
                    target = address.split("?")[0] + target
                inside = target.startswith("/") and not target.startswith(("/static/", "/accounts/"))
                if inside and target not in seen and follow(target):
                    seen.add(target)
                    waiting.append(target)


def telling(user, starts, person, words, **options):
    """Where `user` can read one of `words` about `person`: `[(address, word), ...]`, and how many pages spoke of them.

    A page about the person is read whole, a list without its rows about others.
    """
    names = [person.name_latin, person.name_ar, person.registration_number]
    told, about = [], 0
    for address, kind, body in walk(user, starts, **options):
        if kind == "application/pdf":
            text = text_of(body)
        elif kind == "text/html":
            html = body.decode()
            own = str(person.uuid) in address.split("?")[0]  # a list may begin after this person
            text = visible(html if own else without_others(html, names))
        else:
            continue
        if str(person.uuid) not in address.split("?")[0] and not any(name in text for name in names):
            continue
        about += 1
        told += [(address, found[0]) for found in words.finditer(text)]
    return told, about
