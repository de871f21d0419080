#!/usr/bin/env python3
"""Checks an evidence pack of Cliens with nothing but Python 3.9 or later: no other program, no network.

python3 verify.py [FOLDER] [--head DIGEST] [--language en|es|pl]

FOLDER is where entries.json and the PDF lie (else that of this script); DIGEST is the digest of the chain as it stands
on paper, where you hold one. Ends with 0 when everything holds, 1 when something does not, 2 when it cannot be read.
"""

import argparse
import hashlib
import json
import locale
import re
import sys
import zlib
from pathlib import Path

START = "0" * 64
WORDS = {
    "en": {
        "holds": "Everything holds: {entries} entries in {steps} steps, up to step {step} with the digest {digest}.",
        "fails": "This does not hold. What was found:",
        "unreadable": "This cannot be read: {why}",
        "head": "the head of the chain is not the one that is printed ({printed})",
        "no-head": "the PDF beside it names no head of the chain",
        "facts": "the facts inside the PDF do not fit the digest that is printed with them",
        "step": "step {step} was changed, or its place: its digest does not follow from what it says",
        "gap": "between step {before} and step {step} something was taken out, put in or moved",
        "change": "entry {change} of the journal was changed: its digest does not follow from its words",
        "entry": "{number} does not say what the chain says that it says",
        "missing": "{number} is missing, though {by} names it",
        "list": "the entries are not listed as they stand in the chain, from {number} on",
        "closed": "Kept closed: {number}. Its words were set down in a step that also concerns others, or were still"
        " being changed before it was recorded. Only the practice's own file can show them (cliens verify).",
    },
    "es": {
        "holds": "Todo concuerda: {entries} asientos en {steps} pasos, hasta el paso {step} con la huella {digest}.",
        "fails": "Esto no concuerda. Se ha encontrado lo siguiente:",
        "unreadable": "No se puede leer: {why}",
        "head": "el final de la cadena no es el que está impreso ({printed})",
        "no-head": "el PDF adjunto no indica ningún final de la cadena",
        "facts": "los datos que lleva dentro el PDF no corresponden a la huella impresa con ellos",
        "step": "el paso {step} fue modificado o movido: su huella no se sigue de lo que dice",
        "gap": "entre el paso {before} y el paso {step} se quitó, se añadió o se movió algo",
        "change": "la anotación {change} del diario fue modificada: su huella no se sigue de sus palabras",
        "entry": "{number} no dice lo que la cadena dice que dice",
        "missing": "falta {number}, aunque {by} lo nombra",
        "list": "los asientos no figuran como están en la cadena, a partir de {number}",
        "closed": "Se mantiene cerrado: {number}. Sus palabras se escribieron en un paso que también afecta a otros, o"
        " aún cambiaban antes de registrarse. Solo el archivo del despacho puede mostrarlas (cliens verify).",
    },
    "pl": {
        "holds": "Wszystko się zgadza: wpisy: {entries}, kroki: {steps}, do kroku {step} o skrócie {digest}.",
        "fails": "To się nie zgadza. Oto co znaleziono:",
        "unreadable": "Nie da się tego odczytać: {why}",
        "head": "koniec łańcucha nie jest tym, który wydrukowano ({printed})",
        "no-head": "dołączony PDF nie podaje żadnego końca łańcucha",
        "facts": "dane zawarte w pliku PDF nie odpowiadają wydrukowanemu przy nich skrótowi",
        "step": "krok {step} został zmieniony lub przesunięty: jego skrót nie wynika z tego, co mówi",
        "gap": "między krokiem {before} a krokiem {step} coś usunięto, dodano lub przesunięto",
        "change": "zapis {change} dziennika został zmieniony: jego skrót nie wynika z jego słów",
        "entry": "{number} nie mówi tego, co według łańcucha mówi",
        "missing": "brakuje wpisu {number}, choć wymienia go {by}",
        "list": "wpisy nie są wymienione tak, jak stoją w łańcuchu, począwszy od {number}",
        "closed": "Pozostaje zamknięty: {number}. Jego słowa zapisano w kroku, który dotyczy też innych, albo zmieniano"
        " je jeszcze przed zarejestrowaniem. Może je pokazać tylko plik kancelarii (cliens verify).",
    },
}


def sha256(told):
    return hashlib.sha256(told if isinstance(told, bytes) else told.encode("utf-8")).hexdigest()


def written(value):
    return json.dumps(value, ensure_ascii=False)


def named(advice_id):
    return f"A-{advice_id or 0:04d}"


def check_steps(pack):
    """What is wrong with the chain: each entry over its content, each step over the one before, the head at its end."""
    found, previous, number = [], START, 0
    for step in pack["steps"]:
        first = step.get("from", step["step"])
        if first != number + 1 or step["step"] < first:
            found.append(("gap", {"before": number, "step": first}))
        content = hashlib.sha256(b"cliens step 1")
        for change in step.get("changes", []):
            if "noun" in change:
                told = [change[name] for name in ("id", "noun", "row_id", "kind", "before", "after")]
                if sha256(written([told[0], step["step"], *told[1:]])) != change["digest"]:
                    found.append(("change", {"change": change["id"]}))
            content.update(bytes.fromhex(change["digest"]))
        if "at" in step:
            told = [step[name] for name in ("step", "at", "who", "computer", "verb", "subject", "undoes", "kind")]
            if sha256(written([previous, *told, content.hexdigest()])) != step["digest"]:
                found.append(("step", {"step": step["step"]}))
        previous, number = step["digest"], step["step"]
    if (number, previous) != (pack["head"]["step"], pack["head"]["digest"]):
        found.append(("head", {"printed": pack["head"]["digest"]}))
    return found


def check_entries(pack):
    """What is wrong with the entries: each says what its changes in the chain make of it, and none is missing."""
    found, rows = [], {}
    for step in pack["steps"]:
        for change in step.get("changes", []):
            if "noun" in change:
                row = (change["noun"], change["row_id"])
                rows[row] = {**rows.get(row, {}), **json.loads(change["after"] or "{}")}
    shown = [entry for entry in pack["entries"] if "content" in entry]
    numbers = [entry["number"] for entry in pack["entries"] if entry["noun"] == "advice"]
    listed = [(entry["noun"], entry["id"]) for entry in shown]
    if listed != list(rows):
        same = next(at for at, row in enumerate([*rows, None]) if listed[at : at + 1] != [row])
        parted = shown[same]["number"] if same < len(shown) else " ".join(map(str, list(rows)[same]))
        found.append(("list", {"number": parted}))
    for entry in pack["entries"]:
        content, row = entry.get("content"), (entry["noun"], entry["id"])
        if content is not None and content != rows.get(row):
            found.append(("entry", {"number": entry["number"]}))
        number = named(entry["id"] if entry["noun"] == "advice" else (content or {}).get("advice_id"))
        if content is not None and number != entry["number"]:
            found.append(("entry", {"number": entry["number"]}))
        amends = (content or {}).get("amends_id")
        if amends and named(amends) not in numbers:
            found.append(("missing", {"number": named(amends), "by": entry["number"]}))
        if entry["noun"] != "advice" and entry["number"] not in numbers:
            found.append(("missing", {"number": entry["number"], "by": "advice_response {}".format(entry["id"])}))
    return found


def check_paper(pack, pdf, head):
    """What is wrong between the PDF and the chain: its printed head, its facts, and the entries that it prints."""
    printed = re.search(rb"facts ([0-9a-f]{64}); record [0-9]+-[0-9]+ ([0-9a-f]{64})", pdf)
    heads = {head} - {None} | ({printed[2].decode()} if printed else set())
    found = [("head", {"printed": one}) for one in sorted(heads) if one != pack["head"]["digest"]]
    carried = re.search(rb"/Type/EmbeddedFile.*?/Length (\d+)>>stream\n", pdf)
    if printed is None or carried is None:
        return [*found, ("no-head", {})]
    try:
        facts = zlib.decompressobj().decompress(pdf[carried.end() : carried.end() + int(carried[1])], 10**9)
    except zlib.error:
        facts = b""
    if sha256(facts) != printed[1].decode():
        return [*found, ("facts", {})]
    entries = {entry["number"]: entry.get("content") for entry in pack["entries"] if entry["noun"] == "advice"}
    for told in entries_in(json.loads(facts)):
        number, content = told["number"], entries.get(told["number"])
        if number not in entries:
            found.append(("missing", {"number": number, "by": pack["paper"]}))
        elif content and any(told[name] != content[name] for name in ("question", "advice") if name in told):
            found.append(("entry", {"number": number}))
    return found


def entries_in(facts):
    if isinstance(facts, dict) and "advice" in facts and re.fullmatch("A-[0-9]+", str(facts.get("number"))):
        yield facts
    for part in facts.values() if isinstance(facts, dict) else facts if isinstance(facts, list) else ():
        yield from entries_in(part)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--head")
    parser.add_argument("--language", choices=sorted(WORDS))
    options = parser.parse_args(arguments)
    say = WORDS.get(options.language or str(locale.setlocale(locale.LC_CTYPE))[:2], WORDS["en"])
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    try:
        pack = json.loads((options.folder / "entries.json").read_text("utf-8"))
        pdf = (options.folder / pack["paper"]).read_bytes()
        found = check_steps(pack) + check_entries(pack) + check_paper(pack, pdf, options.head)
        closed = [entry["number"] for entry in pack["entries"] if "content" not in entry]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        print(say["unreadable"].format(why=type(error).__name__ + ": " + str(error)))
        return 2
    if found:
        print(say["fails"])
        for code, facts in found:
            print("  - " + say[code].format(**facts))
    else:
        print(say["holds"].format(entries=len(pack["entries"]), steps=pack["head"]["step"], **pack["head"]))
    if closed:
        print(say["closed"].format(number=", ".join(closed)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
