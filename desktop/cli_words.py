"""What Python's own reader of arguments says by itself, said in the program's language."""

from __future__ import annotations

import argparse

from desktop.text import _


def _sentences() -> dict[str, str]:
    return {
        "usage: ": _("usage: "),
        "positional arguments": _("positional arguments"),
        "options": _("options"),
        "show this help message and exit": _("show this help and end"),
        "argument %(argument_name)s: %(message)s": _("argument %(argument_name)s: %(message)s"),
        "the following arguments are required: %s": _("the following arguments are required: %s"),
        "one of the arguments %s is required": _("one of the arguments %s is required"),
        "unrecognized arguments: %s": _("unrecognized arguments: %s"),
        "expected one argument": _("expected one argument"),
        "expected at most one argument": _("expected at most one argument"),
        "expected at least one argument": _("expected at least one argument"),
        "not allowed with argument %s": _("not allowed with argument %s"),
        "ignored explicit argument %r": _("this option takes no value: %r"),
        "invalid %(type)s value: %(value)r": _("invalid %(type)s value: %(value)r"),
        "invalid choice: %(value)r (choose from %(choices)s)": _("there is no %(value)r: choose from %(choices)s"),
    }


def _say(message: str) -> str:
    return _sentences().get(message, message)


def speak() -> None:
    """Let argparse speak as the program does, from now on and in whatever language is current."""
    # It takes its words through this name; there is no other door to them.
    vars(argparse)["_"] = _say
