"""Imports without a detour: PySide is kept from reading the source of every module that is loaded after it."""

from __future__ import annotations

import sys
from typing import Any


def lean_imports() -> None:
    """Load PySide, and tell it that no module asks for its optional `__feature__` names, which Cliens never does.

    Otherwise it looks for its own name in the source of each module loaded from then on, and all that source stays in
    memory: of the libraries behind a practice more than 20 MB, and about a quarter of the time it takes to load them.
    """
    import PySide6.QtCore  # noqa: F401

    # A PySide that goes about this in another way is left as it is: nothing but time depends on it.
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _asks_for_features


def _asks_for_features(_module: object) -> bool:
    return False
