"""Ways to run the program: what a run gives, an entry that many tests log, a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
Told = Callable[..., dict[str, Any]]
Ended = Callable[..., tuple[int, str, str]]


def advise(told: Told, file: Path, *more: str) -> dict[str, Any]:
    """Logs a draft about a lighthouse for the one client; gives what the program answers."""
    words = ("--question", "May the lighthouse lease be ended early?", "--advice", "Yes, with three months' notice.")
    return told("log", file, "advice", "--client", "C-0001", *words, *more)


def environment() -> dict[str, str]:
    """What a process of its own needs to find the program."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def process(*arguments: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Runs the program in a process of its own."""
    command = [sys.executable, "-P", "-m", "desktop", *arguments]
    return subprocess.run(command, env=environment(), capture_output=True, timeout=60, **more)
