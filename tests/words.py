"""The words of the program beside their translations: `python -m tests.words es` prints what is not translated yet."""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from desktop.text import LANGUAGES, LOCALE_FOLDER

SOURCE = LOCALE_FOLDER.parent.parent / "desktop"
Words = tuple[str, ...]
# What says a text, and how many forms of it.
FORMS = {"_": 1, "say": 1, "ngettext": 2, "count": 2}


@cache
def said() -> dict[Words, list[str]]:
    """Every text that the program can say, with the places that say it; two forms where it counts something."""
    found: dict[Words, list[str]] = {}
    for path, node in _nodes():
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        told = [each.value for each in node.args[: FORMS.get(name, 0)] if isinstance(each, ast.Constant)]
        words = tuple(each for each in told if isinstance(each, str))
        if words and words[0] and len(words) == FORMS[name]:
            found.setdefault(words, []).append(f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}")
    return found


@cache
def written() -> frozenset[str]:
    """Every text that stands in the source, also in the tables from which a text is taken."""
    return frozenset(node.value for _path, node in _nodes() if isinstance(node, ast.Constant) and _is_text(node.value))


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def _nodes() -> Iterator[tuple[Path, ast.AST]]:
    # A reader of tokens would not see what is said within an f-string.
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield path, node


def file_of(language: str) -> Path:
    """The translations of a language."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / "cliens.po"


def catalogue(language: str) -> Catalog:
    """The translations of a language as they stand."""
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language)


def translated(language: str) -> dict[Words, Words]:
    """What is translated, by what is said in English."""
    done = {}
    for message in catalogue(language):
        words = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        there = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
        if words[0] and all(there):
            done[words] = there
    return done


def missing(language: str) -> list[Words]:
    """What is said and not translated, in the order of the source."""
    # A word that is counted somewhere stands under its first form for all that say it alone.
    known = {words[0] for words in translated(language)}
    whole = translated(language)
    return [words for words in said() if (words not in whole if len(words) > 1 else words[0] not in known)]


def add(language: str, more: Catalog) -> None:
    """Put more translations in, drop what nobody says any more, and write the file in the order of the words."""
    old = catalogue(language)
    fresh = Catalog(locale=language, fuzzy=False, header_comment=old.header_comment)
    fresh.mime_headers = old.mime_headers
    for source in (old, more):
        for message in source:
            words = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            if words[0] and written().issuperset(words):
                if fresh.get(message.id) is not None:
                    fresh.delete(message.id)
                fresh.add(message.id, message.string)
    with file_of(language).open("wb") as file:
        file.write(_head(fresh).encode())
        write_po(file, fresh, sort_output=True, no_location=True, omit_header=True, width=110)


def _head(words: Catalog) -> str:
    # Babel's own head tells of projects, teams and dates that nobody here fills in.
    told = {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit", "Language": words.locale}
    lines = [f'"{name}: {value}\\n"' for name, value in {**told, "Plural-Forms": words.plural_forms}.items()]
    return "\n".join([words.header_comment, 'msgid ""', 'msgstr ""', *lines, "", ""])


def main() -> int:
    """Print what is missing as an empty catalogue, or with --add put a filled one in."""
    asked = argparse.ArgumentParser(prog="python -m tests.words", description=__doc__)
    asked.add_argument("language", choices=[name for name in LANGUAGES if name != "en"])
    asked.add_argument("--add", type=Path, help="a catalogue with translations to put in")
    chosen = asked.parse_args()
    if chosen.add is not None:
        with chosen.add.open("rb") as file:
            add(chosen.language, read_po(file, locale=chosen.language))
    left = missing(chosen.language)
    empty = Catalog(locale=chosen.language)
    for words in left:
        empty.add(words if len(words) > 1 else words[0], locations=[(said()[words][0].split(":")[0], 1)])
    if chosen.add is None:
        write_po(sys.stdout.buffer, empty, omit_header=True, no_location=False, include_lineno=False)
    print(f"{len(left)} of {len(said())} texts are not translated into {LANGUAGES[chosen.language]}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
