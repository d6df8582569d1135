"""What a paper says: the text on the sheet, read from the PDF itself, and the parts of a letter not yet printed."""

import re
import zlib

from documents.letters import Person

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
TOKEN = re.compile(rb"\(|/f\d+ [\d.]+ Tf|/ActualText ?<[0-9A-F]+>|<[0-9A-F]+>|EMC|TJ|Tj")
CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
ARABIC = re.compile(r"[\u0600-\u06FF\uFB50-\uFDFF\uFE70-\uFEFF]")


def text_of(pdf: bytes) -> str:
    """All text shown, one run a line, each in reading order. No-break spaces are plain ones; isolates are left out."""
    return "\n".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    streams = {number: _content(body) for number, body in objects.items() if b"stream" in body}
    for number, content in streams.items():
        if b"/ObjStm" in objects[number]:
            objects = _packed(objects[number], content) | objects
    fonts = {}
    for body in objects.values():
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", body):
            found = re.search(rb"/ToUnicode (\d+) 0 R", objects.get(int(number), b""))
            if found:
                fonts[name] = _letters(streams[int(found[1])])
    sheets = [int(found[1]) for body in objects.values() if (found := CONTENTS.search(body))]
    shown = ["\n".join(_runs(streams[number], fonts)) for number in sorted(sheets)]
    return [re.sub("[\u2066-\u2069]", "", page.replace("\u00a0", " ")) for page in shown]


def _content(body):
    raw = STREAM.search(body)[1]
    return zlib.decompress(raw) if b"FlateDecode" in body else raw


def _packed(head, content):
    """The objects inside an object stream."""
    first = int(re.search(rb"/First (\d+)", head)[1])
    pairs = [int(part) for part in content[:first].split()]
    starts = [*pairs[1::2], len(content) - first]
    return {number: content[first + starts[n] : first + starts[n + 1]] for n, number in enumerate(pairs[::2])}


def _letters(cmap):
    """Which letters each glyph of a font stands for."""
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for glyph, letters in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(letters.decode()).decode("utf-16-be")
    return found


def _runs(content, fonts):
    """The text of each run; Arabic stands from left to right in the file and is turned round."""
    font, codes, instead = {}, b"", False
    for token in _tokens(content):
        if token.startswith(b"("):
            codes += _unescaped(token[1:-1])
        elif token.startswith(b"<"):
            codes += bytes.fromhex(token[1:-1].decode())
        elif token.startswith(b"/f"):
            font = fonts[token.split()[0][1:]]
        elif token.startswith(b"/ActualText"):
            yield bytes.fromhex(token[token.index(b"<") + 1 : -1].decode()).decode("utf-16")
            instead = True
        elif token == b"EMC":
            instead = False
        else:
            glyphs = [codes[n : n + 2] for n in range(0, len(codes), 2)]
            letters = [font.get(int.from_bytes(glyph, "big"), "") for glyph in glyphs]
            codes = b""
            if not instead:
                yield "".join(reversed(letters) if ARABIC.search("".join(letters)) else letters)


def _tokens(content):
    """Strings with their brackets, fonts chosen, texts given instead of glyphs, and the operators that matter."""
    at = 0
    while found := TOKEN.search(content, at):
        at = found.end()
        if found[0] == b"(":
            depth = 1
            while depth and at < len(content):
                depth += {b"(": 1, b")": -1}.get(content[at : at + 1], 0)
                at += 2 if content[at : at + 1] == b"\\" else 1
        yield content[found.start() : at]


def _unescaped(text):
    """The bytes of a PDF string."""
    return re.sub(
        rb"\\([0-7]{1,3}|.)",
        lambda m: bytes([int(m[1], 8)]) if m[1].isdigit() else ESCAPES.get(m[1], m[1]),
        text,
        flags=re.DOTALL,
    )


def facts_of(letter) -> dict:
    """The facts that a letter states, by label, whichever block holds them."""
    return {str(fact.label): fact.value for block in letter.blocks for fact in getattr(block, "facts", ())}


def people_of(letter) -> list:
    """The names in both scripts of the people whom a letter is about."""
    return [(block.name_latin, block.name_ar) for block in letter.blocks if isinstance(block, Person)]


def signers_of(letter) -> dict:
    """Who signs, by function."""
    return {str(one.function): one.name for block in letter.blocks for one in getattr(block, "signers", ())}
