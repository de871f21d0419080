"""Papers kept as text: what another library reads out of them, element by element in reading order, then the margins.

Where a paper is to say something else, `CLIENS_WRITE_GOLDEN=1 python -m pytest tests/reports/test_golden.py` writes the
texts anew; what changed is read in the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.reports.structure import marks, structure

FOLDER = Path(__file__).parent / "golden"


def read_out(pdf: bytes) -> str:
    """Each element of a paper with its role and its words, and for each page what stands in its margins."""
    told = [f"{each.role}: {' '.join(each.text.split())}" for each in structure(pdf).walk() if each.text.strip()]
    _numbered, outside = marks(pdf)
    told += [f"page {number}: {' '.join(words.split())}" for number, words in enumerate(outside, 1)]
    return "\n".join(told) + "\n"


def kept(name: str, told: str) -> str:
    """The text that is kept under a name; written anew where that is asked for."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("CLIENS_WRITE_GOLDEN"):
        path.write_text(told, "utf-8")
    return path.read_text("utf-8")
