"""What may be typed: every verb of the command line with its options, its place in the code and its line of help."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from desktop import cli_words
from desktop.cli_know import KNOWING, KNOWING_OPTIONS, count, knowing_lines
from desktop.text import _

cli_words.speak()
STANDINGS = ("enquiry", "prospect", "occasional", "client", "former", "declined")
PROFESSIONS = ("law", "accounting", "design")
EXAMPLES = """
  cliens                                              {window}
  cliens vega.cliens                                  {practice}
  cliens new vega.cliens --name "Vega & Noriega" --profession law --country ES --currency EUR
  cliens import vega.cliens contacts.vcf --dry-run
  cliens log vega.cliens engagement --client C-0117 --title "Berth lease"
  cliens log vega.cliens advice --client "Iñaki Larrea" --question "Settle?" --advice "Yes, below 180,000."
  cliens record vega.cliens A-0012
  cliens find vega.cliens berth lease
  cliens conflicts vega.cliens "Portus Terminal S.A." "Ignacio Larea"
  cliens report vega.cliens client --client C-0117 --out report.pdf
  cliens verify vega.cliens report.pdf
"""

# Each verb, and where its function is.
VERBS: dict[str, str] = {
    "new": "desktop.cli_file:new",
    "import": "desktop.cli_exchange:bring_in",
    "find": "desktop.cli_read:find",
    "client": "desktop.cli_read:client",
    "log": "desktop.cli_log:log",
    "record": "desktop.cli_log:record",
    "amend": "desktop.cli_log:amend",
    "respond": "desktop.cli_log:respond",
    "report": "desktop.cli_report:report",
    "verify": "desktop.cli_verify:verify",
    "evidence": "desktop.cli_verify:evidence",
    "conflicts": "desktop.cli_read:conflicts",
    **KNOWING,
    "history": "desktop.cli_read:history",
    "undo": "desktop.cli_file:undo",
    "redo": "desktop.cli_file:redo",
    "check": "desktop.cli_file:check",
    "backup": "desktop.cli_file:backup",
    "restore": "desktop.cli_file:restore",
    "passphrase": "desktop.cli_file:passphrase",
    "export": "desktop.cli_exchange:export",
}


# The names of desktop.reports.family.KINDS, said here so that no help waits for the paper to be loaded.
REPORTS = [
    "client",
    "engagement",
    "advice-letter",
    "engagement-letter",
    "non-engagement-letter",
    "disengagement-letter",
    "closing-letter",
    "decisions",
    "value",
    "credentials",
    "advice-note",
    "advice-history",
    "conflict-certificate",
    "hand-over",
    "brief",
    "trust",
    "portfolio",
    "insight",
    "today",
]


class Usage(Exception):
    """What was typed is not understood; the text says why."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in a sentence and ends with the code of usage."""

    def error(self, message: str) -> Any:
        """Say what was not understood, and where help is."""
        raise Usage(f"{message[:1].upper()}{message[1:]}\n{self.format_usage().strip()}")


def common(*, language: bool = True) -> Parser:
    """The options that every verb has."""
    options = Parser(add_help=False, allow_abbrev=False)
    group = options.add_argument_group(_("for every verb"))
    group.add_argument("--json", action="store_true", help=_("answer with one JSON object"))
    group.add_argument(
        "--who", metavar="NAME", help=_("who does this, for the history (else the user of this computer)")
    )
    group.add_argument("--accept-older", action="store_true", help=_("open a copy that is older than what was here"))
    if language:
        group.add_argument("--language", metavar="L", help=_("speak this language: en, es, pl"))
    return options


def _lines() -> dict[str, str]:
    return {
        "new": _("make a practice file"),
        "import": _("bring in an address book, a table or an exported folder"),
        "find": _("find any word in the practice"),
        "client": _("the brief of a client"),
        "log": _("write advice, a promise, a trust note, a follow-up and more"),
        "record": _("record a draft: from then on it is never changed"),
        "amend": _("amend a recorded entry with a later one"),
        "respond": _("add the client's answer to a recorded entry"),
        "report": _("print a report as PDF"),
        "verify": _("say whether a printed report is the record, and what changed since"),
        "evidence": _("write a pack that proves a client's record to others"),
        "conflicts": _("check names against everybody the practice ever met"),
        **knowing_lines(),
        "history": _("what was done, by whom and when"),
        "undo": _("take back the last step"),
        "redo": _("bring back what was undone"),
        "check": _("verify the whole file and its chain"),
        "backup": _("write a checked backup"),
        "restore": _("write a backup to a new file"),
        "passphrase": _("give the file a new passphrase"),
        "export": _("write everything to a folder that any program can read"),
    }


def _ending() -> str:
    told = _("The passphrase comes from CLIENS_PASSPHRASE, or is asked for; CLIENS_RECOVERY_KEY opens with that key.")
    more = _("cliens VERB --help tells more of each. Exit codes: 0 done, 1 refused, 2 not understood, 3 trouble.")
    more += "\n" + _("verify ends with 4 where a report is not from this record.")
    shown = EXAMPLES.format(window=_("open the window"), practice=_("open a practice in the window"))
    return "\n".join((_("examples:") + shown, told, more))


def parser() -> Parser:
    """The parser of every verb; `log` has its own, with the fields of its nouns."""
    whole = Parser(
        prog="cliens",
        usage=_("cliens [FILE] | cliens VERB FILE [options]"),
        description=_("Keep the record of a practice that lives on trust. Without a verb, the window opens."),
        epilog=_ending(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    shown = _("show the version and end")
    whole.add_argument("--version", action="version", version=f"cliens {_version()}", help=shown)
    verbs = whole.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser, required=True, prog="cliens")
    spoken, silent = common(), common(language=False)
    for verb, line in _lines().items():
        parents = [silent if verb in ("new", "report") else spoken]
        one = verbs.add_parser(verb, help=line, description=f"{line[0].upper()}{line[1:]}.", parents=parents)
        _OPTIONS[verb](one)
    return whole


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version("cliens")
    except metadata.PackageNotFoundError:
        return "0.1.0"


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=_("the practice file"))


def _new(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--name", required=True, help=_("the practice's name"))
    parser.add_argument("--profession", required=True, choices=PROFESSIONS)
    parser.add_argument("--country", help=_("where it is, in two letters such as PL"))
    parser.add_argument("--currency", help=_("its currency, such as PLN"))
    parser.add_argument("--language", help=_("its language, such as pl"))
    parser.add_argument("--sample", action="store_true", help=_("fill it with invented people and work"))
    parser.add_argument("--no-passphrase", action="store_true", help=_("do not encrypt it"))


def _import(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("source", metavar="SOURCE", help=_("vCard, CSV, TSV, XLSX, XLS, ODS, or an exported folder"))
    nouns = "parties, clients, engagements, advice, trust, promises, fees, follow-ups"
    parser.add_argument("--as", dest="noun", metavar="NOUN", help=_("what its lines are: {nouns}").format(nouns=nouns))
    parser.add_argument("--dry-run", action="store_true", help=_("say what it would do, and change nothing"))
    parser.add_argument("--mapping", action="append", default=[], metavar="COLUMN=FIELD", help=_("what a column is"))
    parser.add_argument("--encoding", help=_("how the file is written, such as cp1250"))
    parser.add_argument("--delimiter", help=_("what stands between its cells"))
    parser.add_argument("--bad-rows", metavar="P", help=_("write the lines that need a look to this CSV file"))


def _find(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("text", metavar="TEXT", nargs="+", help=_("words in any order, “phrases”, beginnings of words"))
    parser.add_argument("--limit", type=count, default=20, metavar="N")
    parser.add_argument("--confidences", action="store_true", help=_("search what was told in confidence, too"))


def _client(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("client", metavar="CLIENT", help=_("number or name"))
    parser.add_argument("--confidences", action="store_true", help=_("with what was told in confidence"))


def _advice(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("advice_number", metavar="ADVICE", help=_("its number, such as A-0012"))


def _amend(parser: argparse.ArgumentParser) -> None:
    _advice(parser)
    parser.add_argument("--reason", required=True, help=_("why it is amended"))
    parser.add_argument("--advice", required=True, help=_("the advice as it holds now"))
    for name in ("question", "basis", "options", "risks", "author"):
        parser.add_argument(f"--{name}")


def _respond(parser: argparse.ArgumentParser) -> None:
    _advice(parser)
    parser.add_argument("--response", required=True, help=_("accepted, deferred, declined or “against advice”"))
    parser.add_argument("--responded-on", metavar="DATE", help=_("when (else today)"))
    parser.add_argument("--words", help=_("in the client's own words"))
    parser.add_argument("--consequence", help=_("the consequence that was explained (needed against advice)"))
    parser.add_argument("--reason", help=_("the client's reason (needed against advice)"))


def _report(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    which = _("which: {names}").format(names=", ".join(REPORTS))
    parser.add_argument("report", metavar="REPORT", choices=REPORTS, help=which)
    whose = _("number or name (trust: without it, of the whole practice)")
    parser.add_argument("--client", metavar="C", help=whose)
    parser.add_argument("--engagement", metavar="E", help=_("its number or title"))
    parser.add_argument("--advice", metavar="A", help=_("its number, such as A-0012"))
    parser.add_argument("--since", metavar="DATE", help=_("the first day, such as 2026-01-01"))
    parser.add_argument("--until", metavar="DATE", help=_("the last day (else today)"))
    parser.add_argument("--language", metavar="L", help=_("the report's language: en, es, pl (else the client's)"))
    parser.add_argument("--paper", choices=["a4", "letter"], help=_("the paper: a4, letter (else the country's)"))
    parser.add_argument("--out", required=True, metavar="P", help=_("the PDF to write; with --batch, the folder"))
    many = parser.add_argument_group(_("one report for each of many clients"))
    many.add_argument("--batch", action="store_true", help=_("make it for every client chosen, or for all"))
    many.add_argument("--grade", choices=["A", "B", "C", "D"], help=_("only clients of this grade"))
    many.add_argument("--standing", choices=STANDINGS, help=_("only clients of this standing"))
    many.add_argument("--tag", metavar="T", help=_("only clients with this tag"))


def _verify(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("report", metavar="REPORT.pdf", help=_("the PDF that came back"))


def _evidence(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--client", required=True, metavar="C", help=_("number or name"))
    parser.add_argument("--out", required=True, metavar="ZIP", help=_("the pack to write"))


def _conflicts(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("names", metavar="NAME", nargs="+")


def _history(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--client", metavar="C", help=_("only what touched this client"))
    parser.add_argument("--limit", type=count, default=50, metavar="N")


def _backup(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--to", metavar="DIR", help=_("where to (else the folder beside the file)"))


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="BACKUP", help=_("the backup"))
    parser.add_argument("--to", required=True, metavar="FILE", help=_("the new file"))


def _passphrase(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument(
        "--none", action="store_true", help=_("take the passphrase away: the file is then not encrypted")
    )


def _export(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--to", required=True, metavar="DIR", help=_("a folder that is new or empty"))


def _log(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("noun", metavar="NOUN")


_OPTIONS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "new": _new,
    "import": _import,
    "find": _find,
    "client": _client,
    "log": _log,
    "record": _advice,
    "amend": _amend,
    "respond": _respond,
    "report": _report,
    "verify": _verify,
    "evidence": _evidence,
    "conflicts": _conflicts,
    **KNOWING_OPTIONS,
    "history": _history,
    "undo": _file,
    "redo": _file,
    "check": _file,
    "backup": _backup,
    "restore": _restore,
    "passphrase": _passphrase,
    "export": _export,
}
