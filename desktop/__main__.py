"""The way in: `cliens` and `python -m desktop`. A file or nothing opens the window; every verb works without one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; gives the exit code: 0 done, 1 refused, 2 not understood, 3 trouble."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--self-test"]:
        from desktop.lean import lean_imports

        lean_imports()
        from desktop.selftest import self_test

        return self_test()
    if arguments == ["--make-reports"]:
        from desktop.reports.hand import serve

        return serve()
    path = _file_to_open(arguments)
    if arguments and path is None:
        from desktop.cli import run as run_verb

        return run_verb(arguments)
    if not _has_screen():
        from desktop.text import _

        words = _("There is no screen to open a window on. Every verb works without one: see cliens --help.")
        sys.stderr.write(words + "\n")
        return 3
    from desktop.lean import lean_imports

    lean_imports()
    from desktop.first import run

    return run(path)


def _has_screen() -> bool:
    """Whether Qt has somewhere to show a window: without one it ends the program with an abort."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _file_to_open(arguments: list[str]) -> Path | None:
    """The practice file that the arguments name when they name nothing else."""
    words = arguments[1:] if arguments[:1] == ["--"] else arguments
    if len(words) != 1 or words[0].startswith("-"):
        return None
    # A verb is a bare word; whatever has a place or the ending of a practice is a file, there or not.
    is_file = words[0].lower().endswith(".cliens") or "/" in words[0] or "\\" in words[0]
    return Path(words[0]) if is_file else None


def run() -> NoReturn:
    """Run the program and end the process with its exit code."""
    code = main()
    if "PySide6.QtWidgets" in sys.modules:
        # PySide takes apart what is left of the windows in any order as the interpreter ends, and may touch what is
        # gone already. The practice is closed by now, and nothing else is left to do.
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    run()
