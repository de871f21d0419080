"""The start, on a screen of its own: when the window is painted, its first page, the list, and the memory held."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

RUNS = 5
PASSPHRASE = "seven quiet herons at dusk"
ROOT = Path(__file__).resolve().parent.parent.parent
FROZEN = ROOT / "dist" / "Cliens" / "Cliens"
SETTLED_MS = 2500
GOALS = {"painted": 1.3, "list after the key": 3.0}
MEMORY_GOAL_MB = 160
_moments: dict[str, float] = {}


def main() -> None:
    """Print the table: medians of five runs, taken by turns so that a busy moment is shared."""
    from compileall import compile_dir

    for part in ("db", "desktop"):
        compile_dir(ROOT / part, quiet=1)
    with tempfile.TemporaryDirectory(prefix="cliens-start-") as folder, _screen() as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "CLIENS_HOME": f"{folder}/home"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        path = Path(folder) / "practice.cliens"
        subprocess.run([sys.executable, "-m", __spec__.name, "make", str(path)], env=environment, check=True, cwd=ROOT)
        cases: dict[str, list[str]] = {
            "bare window": ["bare"],
            "welcome, from source": ["welcome"],
            "practice, from source": ["practice", str(path)],
        }
        found: dict[str, list[dict[str, float]]] = {case: [] for case in cases}
        mapped: dict[str, list[float]] = {"bare window": [], "frozen": []} if FROZEN.exists() else {}
        for turn in range(RUNS + 1):
            for case, words in cases.items():
                told = _run(words, environment)
                if turn:  # the first turn warms the disk
                    found[case].append(told)
            for case in mapped:
                command = [str(FROZEN)] if case == "frozen" else [sys.executable, "-m", __spec__.name, "bare"]
                seconds = _until_mapped(command, environment | {"CLIENS_STAY": "1"})
                if turn:
                    mapped[case].append(seconds)
    _tell(found, mapped)


def _tell(found: dict[str, list[dict[str, float]]], mapped: dict[str, list[float]]) -> None:
    medians = {
        case: {name: statistics.median(run[name] for run in runs) for name in runs[0]} for case, runs in found.items()
    }
    bare = medians["bare window"]["painted"]
    print(f"medians of {RUNS} runs in seconds from the start of the process; × is the ratio to the bare window")
    print("| case | painted | × | first page | × | key ready | list on screen | list after the key | × | resident MB |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for case, told in medians.items():
        after = told.get("list", 0) - told.get("key", 0)
        cells = [f"{told['painted']:.2f}", f"{told['painted'] / bare:.2f}"]
        cells += [f"{told['page']:.2f}", f"{told['page'] / bare:.2f}"] if "page" in told else ["", ""]
        cells += [f"{told[name]:.2f}" if name in told else "" for name in ("key", "list")]
        cells += [f"{after:.2f}", f"{after / bare:.2f}"] if after else ["", ""]
        print(f"| {case} | " + " | ".join([*cells, f"{told['memory']:.0f}"]) + " |")
    if mapped:
        middle = {case: statistics.median(runs) for case, runs in mapped.items()}
        ratio = middle["frozen"] / middle["bare window"]
        print(
            f"window on the screen, seen from outside: bare {middle['bare window']:.2f}, frozen {middle['frozen']:.2f}"
        )
        print(f"  frozen / bare = {ratio:.2f}")
    print(f"goals: painted ≤ {GOALS['painted']} ×, list after the key ≤ {GOALS['list after the key']} ×,", end=" ")
    print(f"memory ≤ {MEMORY_GOAL_MB} MB")


@contextmanager
def _screen() -> Iterator[str]:
    """A screen of its own, gone afterwards."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def _run(words: list[str], environment: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, "-m", __spec__.name, *words]
    begun = {"CLIENS_BEGUN": repr(time.time()), "CLIENS_PASSPHRASE": PASSPHRASE}
    told = subprocess.run(
        command, env=environment | begun, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    moments: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return moments


def _until_mapped(command: list[str], environment: dict[str, str]) -> float:
    """Seconds until a window of this program is on the screen, as any other program sees it."""
    begun = time.perf_counter()
    program = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Cliens"]
    try:
        subprocess.run(search, env=environment, capture_output=True, check=True, timeout=30)
        return time.perf_counter() - begun
    finally:
        program.kill()
        program.wait()


# ---------------------------------------------------------------------- in the process that is measured


def _note(name: str) -> None:
    _moments.setdefault(name, time.time() - float(os.environ.get("CLIENS_BEGUN", "0")))


def _resident() -> float:
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _when_painted(then: Callable[[], None]) -> None:
    """Call once when the next paint has reached the screen, whichever part of the window it begins with."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

    application = QCoreApplication.instance()
    assert application is not None

    # Every event of the program comes by here, which costs: only for the list, never for the first paint.
    class Watch(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.seen:
                self.seen = True
                self.deleteLater()
                QTimer.singleShot(0, then)
            return False

    application.installEventFilter(Watch(application))


def _when_exposed(window: Any, then: Callable[[], None]) -> None:
    """Call once when a window just shown has been painted for the first time: it paints as it is exposed."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Expose and not self.seen:
                self.seen = True
                self.deleteLater()
                QTimer.singleShot(0, then)
            return False

    window.windowHandle().installEventFilter(Watch(window))


def _settle() -> None:
    from PySide6.QtCore import QCoreApplication, QTimer

    def leave() -> None:
        _moments["memory"] = _resident()
        QCoreApplication.quit()

    QTimer.singleShot(SETTLED_MS, leave)


def _bare() -> None:
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setWindowTitle("Cliens")
    window.resize(1280, 800)
    window.setCentralWidget(QLabel("Cliens"))

    def painted() -> None:
        _note("painted")
        if "CLIENS_STAY" not in os.environ:
            _settle()

    window.show()
    _when_exposed(window, painted)
    application.exec()


def _ours(arguments: list[str]) -> None:
    """The program by its own front door, with three moments noted on the way."""
    from desktop.lean import lean_imports

    lean_imports()
    from desktop.first import FirstFrame

    first = FirstFrame.__init__

    def noted_first(frame: Any, *given: Any) -> None:
        first(frame, *given)
        _when_exposed(frame.window, painted)

    def painted() -> None:
        _note("painted")
        # What is noted later is loaded now, when the program itself would load it.
        _note_the_rest()

    FirstFrame.__init__ = noted_first  # type: ignore[assignment, method-assign]
    from desktop.__main__ import main as run

    run(arguments)


def _note_the_rest() -> None:
    from desktop.app import App
    from desktop.shell.cover import Cover

    start, job, lift = App.start, App._job, Cover.lift

    def noted_start(app: Any, path: Path | None) -> None:
        def shown() -> None:
            _note("page")
            if path is None:
                _settle()

        start(app, path)
        _when_painted(shown)

    def noted_job(app: Any, work: Callable[[Any], object]) -> Any:
        def noted(progress: Any) -> object:
            from db import vault

            if "key" not in _moments and not hasattr(vault, "_plain_derive"):
                derive = vault.derive

                def noted_derive(*given: Any, **named: Any) -> Any:
                    key = derive(*given, **named)
                    _note("key")
                    return key

                vault.derive = noted_derive
                vault._plain_derive = derive  # type: ignore[attr-defined]
            return work(progress)

        return job(app, noted)

    def noted_lift(cover: Any) -> None:
        lift(cover)

        def listed() -> None:
            _note("list")
            _settle()

        _when_painted(listed)

    for owner, name, noted in ((App, "start", noted_start), (App, "_job", noted_job), (Cover, "lift", noted_lift)):
        setattr(owner, name, noted)


def _make(path: Path) -> None:
    from desktop.sample import sample_practice

    sample_practice(path, "law", PASSPHRASE).close()


if __name__ == "__main__":
    if len(sys.argv) == 1:
        if shutil.which("Xvfb") is None:
            sys.exit("Xvfb is needed: it is the screen that all runs share.")
        main()
    elif sys.argv[1] == "make":
        _make(Path(sys.argv[2]))
    else:
        if sys.argv[1] == "bare":
            _bare()
        else:
            _ours(sys.argv[2:])
        print(json.dumps(_moments))
