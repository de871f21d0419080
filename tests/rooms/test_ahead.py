"""What rooms are made of is loaded while the window is at rest, in small pieces, before anybody goes there."""

from __future__ import annotations

import subprocess
import sys
import textwrap


def test_every_room_is_loaded_while_the_window_rests_and_paper_is_not() -> None:
    program = """
        import gc, sys
        from PySide6.QtWidgets import QApplication
        import desktop.widgets
        from desktop.ahead import Ahead
        application = QApplication(["-platform", "offscreen"])
        ahead = Ahead(application)
        while ahead.left is None or ahead.left:
            application.processEvents()
        print([name in sys.modules for name in ("desktop.rooms.clients.page", "desktop.rooms.settings.history")])
        print([name for name in ("reportlab", "PySide6.QtPdf", "openpyxl") if name in sys.modules])
        print(len(gc.get_objects()) < gc.get_freeze_count() / 20)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=60, check=True
    )
    loaded, paper, is_out_of_the_collectors_way = done.stdout.split("\n")[:3]
    assert (loaded, paper) == ("[True, True]", "[]")
    assert is_out_of_the_collectors_way == "True"
