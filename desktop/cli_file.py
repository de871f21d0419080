"""The verbs about the file as a whole: making, undoing, checking, backing up, restoring, its passphrase."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from db import vault
from db.errors import Refused, Trouble
from db.practice import NewPractice, Practice
from desktop import sentences
from desktop.cli_terminal import Answer, ask, say
from desktop.text import _, ngettext

PASSPHRASE, NEW_PASSPHRASE, RECOVERY_KEY = "CLIENS_PASSPHRASE", "CLIENS_NEW_PASSPHRASE", "CLIENS_RECOVERY_KEY"


@contextmanager
def opened(options: argparse.Namespace, *, backup: bool = True) -> Iterator[Practice]:
    """The practice that a verb works on, closed again after it."""
    path = Path(options.file)
    passphrase, recovery = _key_for(path)
    with Practice.open(
        path,
        passphrase,
        recovery_key=recovery,
        who=options.who,
        accept_older=options.accept_older,
        backup=backup,
    ) as practice:
        for warning in practice.warnings:
            say(sentences.problem(warning))
        yield practice


def _key_for(path: Path) -> tuple[str | None, str | None]:
    """The passphrase or the recovery key for a file, asked for where neither is set; neither for a plain file."""
    if vault.read_header(path) == vault.PLAIN_HEADER:
        return None, None
    recovery = os.environ.get(RECOVERY_KEY) or None
    if recovery is not None:
        return None, recovery
    return os.environ.get(PASSPHRASE) or ask(_("Passphrase of {file}: ").format(file=path.name)) or None, None


def _chosen(variable: str) -> str:
    """A new passphrase, from the environment or typed twice."""
    given = os.environ.get(variable)
    if given:
        return given
    first = ask(_("New passphrase: "))
    if not first:
        raise Refused("no-passphrase")
    if ask(_("The same again: ")) != first:
        raise Refused("passphrases-differ")
    return first


def new(options: argparse.Namespace) -> Answer:
    """Make a practice file, with a passphrase unless told otherwise."""
    path = Path(options.file)
    if path.exists():
        raise Trouble("exists", path=str(path))
    places = {"country": options.country, "currency": options.currency, "language": options.language}
    if options.sample:
        from desktop.sample import place_of

        places = {**place_of(options.profession), **{name: value for name, value in places.items() if value}}
    given = {name: value for name, value in places.items() if value}
    founded = NewPractice(name=options.name, profession=options.profession, **given)
    passphrase = None if options.no_passphrase else _chosen(PASSPHRASE)
    with Practice.create(path, founded, passphrase, options.who) as practice:
        if options.sample:
            import datetime as dt

            from desktop.sample import fill_sample

            practice.do(fill_sample, options.profession, dt.date.today())
        key = practice.recovery_key
    lines = [_("Made {file}.").format(file=path)]
    if key is None:
        lines.append(_("It is not encrypted: whoever has the file can read it."))
    else:
        lines += [_("Its recovery key, to be kept away from this computer:"), f"  {key}"]
    return Answer({"file": str(path), "recovery_key": key}, lines)


def undo(options: argparse.Namespace) -> Answer:
    """Take back the last step."""
    with opened(options) as practice:
        words = sentences.step_words(replace(practice.undo(), kind="undo"))
        return _stepped(practice, words)


def redo(options: argparse.Namespace) -> Answer:
    """Bring back the step that was undone last."""
    with opened(options) as practice:
        words = sentences.step_words(replace(practice.redo(), kind="redo"))
        return _stepped(practice, words)


def _stepped(practice: Practice, words: str) -> Answer:
    step = 0 if practice.last_done is None else practice.last_done.step
    return Answer({"step": step, "words": words}, [words])


def check(options: argparse.Namespace) -> Answer:
    """Verify the whole file; a file that is not whole is trouble."""
    with opened(options, backup=False) as practice:
        checked = practice.check()
    problems = [{"code": one.code, "words": sentences.problem(one), **one.facts} for one in checked.problems]
    chain = {"steps": checked.steps, "entries": checked.entries, "digest": checked.digest}
    steps = ngettext("{n} step", "{n} steps", checked.steps)
    entries = ngettext("{n} entry", "{n} entries", checked.entries)
    if checked.ok:
        lines = [_("All is well: {steps}, {entries}.").format(steps=steps, entries=entries)]
    else:
        lines = [_("This file is not whole."), *(f"  {problem['words']}" for problem in problems)]
        lines.append(_("Restore the newest backup to a new file: cliens restore BACKUP --to FILE"))
    lines.append(_("Digest of the chain: {digest}").format(digest=checked.digest))
    return Answer({"ok": checked.ok, "problems": problems, "chain": chain}, lines, 0 if checked.ok else 3)


def backup(options: argparse.Namespace) -> Answer:
    """Write a backup that was opened and checked."""
    with opened(options, backup=False) as practice:
        made = practice.back_up(None if options.to is None else Path(options.to))
    return Answer({"file": str(made)}, [_("Backed up to {file}, opened and checked.").format(file=made)])


def restore(options: argparse.Namespace) -> Answer:
    """Write a backup to a new file."""
    from db.backup import restore as write_anew

    source, target = Path(options.file), Path(options.to)
    if target.exists():
        raise Trouble("exists", path=str(target))
    if not target.absolute().parent.is_dir():
        raise Trouble("missing", path=str(target.absolute().parent))
    passphrase, recovery = _key_for(source)
    write_anew(source, target, passphrase, recovery)
    return Answer({"file": str(target)}, [_("Restored to {file}.").format(file=target)])


def passphrase(options: argparse.Namespace) -> Answer:
    """Give the file a new passphrase, or take it away when told so."""
    with opened(options, backup=False) as practice:
        key = practice.rekey(None if options.none else _chosen(NEW_PASSPHRASE))
    if key is None:
        lines = [_("{file} has no passphrase any more: whoever has the file can read it.").format(file=options.file)]
    else:
        lines = [
            _("{file} has a new passphrase. Its new recovery key; destroy the old one:").format(file=options.file),
            f"  {key}",
        ]
    return Answer({"file": str(options.file), "recovery_key": key}, lines)
