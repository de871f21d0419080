"""The verb that says what each number about clients means: its words and its SQL, taken from the code."""

from __future__ import annotations

import argparse
import dataclasses

from db.definitions import list_definitions
from desktop.cli_file import opened
from desktop.cli_know import day_asked
from desktop.cli_terminal import Answer


def definitions(options: argparse.Namespace) -> Answer:
    """Every number's definition, one under the other."""
    with opened(options) as practice:
        found = practice.ask(list_definitions, day_asked(options))
    lines = []
    for each in found:
        title = f"{each.name} ({each.module})"
        lines += [title, "=" * len(title), "", each.words, ""]
        for sql in each.sql:
            lines += [*(f"    {line}" for line in sql.splitlines()), ""]
    return Answer({"definitions": [dataclasses.asdict(each) for each in found]}, lines)
