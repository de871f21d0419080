"""Every report of the family as pictures: the first two pages and the last of each, from the sample practices."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pypdf import PdfReader

from db.errors import Refused
from desktop.reports.family import KINDS, make
from desktop.sample import sample_practice
from tests.places import PROFESSIONS
from tests.reports.test_family import asked, fill

RESOLUTION = 70


def render(folder: Path, languages: list[str], only: str = "") -> int:
    """Write `paper-<profession>-<kind>-<language>-<page>.png`; gives 1 when a report could not be made."""
    if shutil.which("pdftoppm") is None:
        print("pdftoppm is needed to make pictures of paper", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="cliens-paper-") as home:
        for profession in filter(None, PROFESSIONS):
            with sample_practice(Path(home) / f"{profession}.cliens", profession) as practice:
                fill(practice)
                for kind in KINDS:
                    for language in languages:
                        name = f"paper-{profession}-{kind.name}-{language}"
                        if only not in name:
                            continue
                        try:
                            made = make(practice.ask, kind, asked(practice, kind, language=language))
                        except Refused as refused:
                            failed = 1
                            print(f"{name}: {refused}", file=sys.stderr)
                            continue
                        path = Path(home) / f"{name}.pdf"
                        path.write_bytes(made.paper.pdf)
                        _picture(path, folder)
    return failed


def _picture(path: Path, folder: Path) -> None:
    last = len(PdfReader(path).pages)
    for page in sorted({1, min(2, last), last}):
        out = str(folder / f"{path.stem}-{page:03}")
        command = ["pdftoppm", "-r", str(RESOLUTION), "-png", "-singlefile", "-f", str(page), str(path), out]
        subprocess.run(command, check=True)
