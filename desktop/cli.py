"""The same verbs without a window, and how each ends: 0 done, 1 refused, 2 not understood, 3 trouble."""

from __future__ import annotations

import argparse
import difflib
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import cli_terminal, text
from desktop.cli_options import VERBS, Usage, parser
from desktop.cli_terminal import Answer
from desktop.text import _

if TYPE_CHECKING:
    from db.errors import Refused, Trouble

DONE, REFUSED, USAGE, TROUBLE = 0, 1, 2, 3
# What a verb takes by its place, without an option before it.
_BY_PLACE = {
    "record": "advice",
    "amend": "advice",
    "respond": "advice",
    "client": "client",
    "import": "source",
    "conflicts": "names",
}

# What comes from the environment or is asked for, and is never an option.
_UNTYPED = {"passphrase", "recovery_key", "folder"}


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say; gives the exit code."""
    text.speak(spoken_language(arguments))
    as_json = "--json" in arguments
    try:
        code = _answered(list(arguments), as_json)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has had enough (as `| head` does); nothing more can be said to him.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _answered(arguments: list[str], as_json: bool) -> int:
    verb = ""
    try:
        options = parse(arguments)
        if options is None:
            return DONE
        verb = options.verb
        answer = _function(VERBS[verb])(options)
    except SystemExit as ending:
        return int(ending.code or 0)
    except Usage as usage:
        return cli_terminal.failed(USAGE, "usage", "usage", str(usage), as_json)
    except KeyboardInterrupt:
        words = _("Stopped. What was not finished was not kept.")
        return cli_terminal.failed(TROUBLE, "trouble", "cancelled", words, as_json)
    except BrokenPipeError:
        raise
    except Exception as error:
        return _failed(error, as_json, verb)
    cli_terminal.show(answer, as_json)
    return answer.code


def _failed(error: Exception, as_json: bool, verb: str) -> int:
    from db.engine import told_by_system
    from db.errors import Refused, Trouble

    if isinstance(error, Refused):
        return cli_terminal.failed(REFUSED, "refused", error.code, refused_words(error, verb), as_json, error.field)
    if isinstance(error, Trouble):
        return cli_terminal.failed(TROUBLE, "trouble", error.code, trouble_words(error), as_json)
    if isinstance(error, OSError):
        told = told_by_system(error, Path(str(error.filename or "")))
        if told.code == "disk-full":
            return _failed(told, as_json, verb)
        words = f"{error.filename or ''}: {error.strerror or error}".removeprefix(": ")
        return cli_terminal.failed(TROUBLE, "trouble", "disk", words, as_json)
    return cli_terminal.failed(TROUBLE, "trouble", "bug", cli_terminal.bug_words(error), as_json)


def refused_words(refused: Refused, verb: str = "") -> str:
    """A refusal and all that go with it, each after the option it stands beside."""
    from desktop import sentences

    lines = []
    for one in (refused, *refused.others):
        by_place = one.field == _BY_PLACE.get(verb) and one.code != "required"
        named = one.field is not None and one.field not in _UNTYPED and not by_place
        beside = f"--{(one.field or '').removesuffix('_id').replace('_', '-')}: " if named else ""
        lines.append(beside + sentences.refusal(one))
    return "\n".join(lines)


def trouble_words(trouble: Trouble) -> str:
    """A trouble with the way forward that a terminal has."""
    from desktop import sentences

    words = sentences.trouble(trouble)
    ways = {
        "older-copy": _("Add --accept-older to open it all the same."),
        "forked": _("Add --accept-older to open it all the same."),
        "needs-key": _("Set CLIENS_PASSPHRASE, or run this in a terminal to be asked."),
    }
    return f"{words} {ways[trouble.code]}" if trouble.code in ways else words


def spoken_language(arguments: Sequence[str]) -> str:
    """The language to speak: the one asked for (unless it is the report's or the practice's), or the system's."""
    verb = next((word for word in arguments if not word.startswith("-")), "")
    if verb not in ("new", "report", "log"):
        for place, word in enumerate(arguments):
            if word.startswith("--language="):
                return word.partition("=")[2]
            if word == "--language" and place + 1 < len(arguments):
                return arguments[place + 1]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name].split(".")[0]
    return "en"


def _function(place: str) -> Callable[[argparse.Namespace], Answer]:
    module, _colon, name = place.partition(":")
    found: Callable[[argparse.Namespace], Answer] = getattr(importlib.import_module(module), name)
    return found


def parse(arguments: list[str]) -> argparse.Namespace | None:
    """What the arguments ask for; None when they asked for help, which is then printed. Raises Usage."""
    first = next((word for word in arguments if not word.startswith("-")), None)
    if first is not None and first not in VERBS and "--help" not in arguments and "-h" not in arguments:
        near = difflib.get_close_matches(first, VERBS, 1, 0.5)
        hint = _(" Did you mean “{verb}”?").format(verb=near[0]) if near else ""
        raise Usage(_("There is no verb “{word}”.").format(word=first) + hint + "\n" + _("See cliens --help."))
    if first == "log":
        from desktop.cli_log import parse_log

        return parse_log([word for place, word in enumerate(arguments) if place != arguments.index("log")])
    return parser().parse_args(arguments)
