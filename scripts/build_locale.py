"""Compile locale/vi/LC_MESSAGES/django.po, so that no machine needs gettext's own msgfmt."""

import ast
import re
import struct
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "locale/vi/LC_MESSAGES/django.po"
LINE = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)?\s*(".*")$')
MAGIC = 0x950412DE


def read_entries(text: str) -> list[dict[str, str]]:
    """Entries of a .po file as keyword -> words; comments are passed over."""
    entries: list[dict[str, str]] = []
    keyword = ""
    for line in text.splitlines():
        match = LINE.match(line)
        if not match:
            keyword = ""
            continue
        named, quoted = match.groups()
        if named == "msgctxt" or (named == "msgid" and (not entries or "msgid" in entries[-1])):
            entries.append({})
        keyword = named or keyword
        entries[-1][keyword] = entries[-1].get(keyword, "") + ast.literal_eval(quoted)
    return entries


def catalogue(entries: list[dict[str, str]]) -> dict[str, str]:
    """Keys and values as gettext stores them; an untranslated entry is left out."""
    result = {}
    for entry in entries:
        key = entry["msgid"]
        if "msgid_plural" in entry:
            key += "\0" + entry["msgid_plural"]
        if "msgctxt" in entry:
            key = entry["msgctxt"] + "\x04" + key
        words = entry.get("msgstr") or entry.get("msgstr[0]", "")
        if words:
            result[key] = words
    return result


def compile_catalogue(text: str) -> bytes:
    """The bytes of the .mo file of a .po text."""
    pairs = sorted((key.encode(), words.encode()) for key, words in catalogue(read_entries(text)).items())
    start = 28 + 16 * len(pairs)
    keys, words = b"", b""
    table = []
    for key, value in pairs:
        table.append((len(key), len(keys), len(value), len(words)))
        keys += key + b"\0"
        words += value + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    first = b"".join(struct.pack("<2I", size, start + at) for size, at, _, _ in table)
    second = b"".join(struct.pack("<2I", size, start + len(keys) + at) for _, _, size, at in table)
    return head + first + second + keys + words


def main() -> None:
    """Write the .mo file beside the .po file."""
    SOURCE.with_suffix(".mo").write_bytes(compile_catalogue(SOURCE.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
