"""The way in without a screen ends in a sentence, not in an abort."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="only there a desktop may lack its screen")
def test_window_without_a_screen_is_trouble_told_in_a_sentence() -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    bare = {name: value for name, value in os.environ.items() if name not in hidden}
    ended = subprocess.run([sys.executable, "-m", "desktop"], env=bare, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 3
    assert "no screen" in ended.stderr
    assert "Traceback" not in ended.stderr
