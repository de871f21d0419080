"""What loading costs: the source of the libraries stays on the disk."""

from __future__ import annotations

import subprocess
import sys

LOADED = """
import sys
if sys.argv[1] == "lean":
    from desktop.lean import lean_imports
    lean_imports()
import PySide6.QtCore
import sqlmodel
import linecache
print(sum("sqlmodel" in name for name in linecache.cache))
"""


def sources_in_memory(how: str) -> int:
    """How many files of one library are held as text after it was loaded."""
    told = subprocess.run([sys.executable, "-c", LOADED, how], capture_output=True, text=True, check=True)
    return int(told.stdout)


def test_loading_a_library_reads_none_of_its_source() -> None:
    assert sources_in_memory("plain") > 0
    assert sources_in_memory("lean") == 0
