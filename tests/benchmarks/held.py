"""How long the window's thread is held: every turn of its event loop by the clock and by the thread's own work."""

from __future__ import annotations

import statistics
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GOAL_MS = 50.0
# Work that was started goes on for a while after the key: the window is watched until it has been calm so long.
CALM_S, LONGEST_S = 0.4, 20.0
SAMPLE_S, FRAMES_TOLD = 0.004, 9

_RUN_QUEUE = Path("/proc/thread-self/schedstat")


@dataclass(frozen=True)
class Turn:
    """Milliseconds of one turn: by the clock, without the neighbours' share of the processor, and the thread's own."""

    clock: float
    alone: float
    own: float

    @classmethod
    def longest(cls, turns: Sequence[Turn]) -> Turn:
        """The longest of each, which need not be of one turn."""
        return cls(max(one.clock for one in turns), max(one.alone for one in turns), max(one.own for one in turns))


@dataclass(frozen=True)
class Held:
    """What one kind of thing took: the longest turn of each time it was done, and how long until all was there."""

    name: str
    longest: list[Turn]
    whole: list[float] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether the thread's own work was over the goal in any turn."""
        return max(turn.own for turn in self.longest) > GOAL_MS

    def told(self) -> str:
        """The line of the table."""

        def two(kind: str) -> str:
            each = [getattr(turn, kind) for turn in self.longest]
            return f"{statistics.median(each):.0f} | {max(each):.0f}"

        waits = max(turn.alone for turn in self.longest) > GOAL_MS
        over = "over" if self.is_over else "waits" if waits else ""
        there = f"{statistics.median(self.whole):.0f}"
        return (
            f"| {self.name} | {len(self.longest)} | {two('clock')} | {two('alone')} | {two('own')} | {there} | {over} |"
        )


HEAD = (
    "| what | times | clock median | worst | alone median | worst | own median | worst | there after | |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|"
)


class Watch:
    """Times every turn of the window's event loop, while something is done and until it is calm again."""

    def __init__(self, application: Any, why: bool = False) -> None:
        self._application = application
        self.rows: list[Held] = []
        self._why = _Why() if why else None

    def turn(self, act: Callable[[], object]) -> Turn:
        """Do something on the window's thread and time it."""
        if self._why is not None:
            self._why.begin()
        queued, own, clock = _queued(), time.thread_time(), time.perf_counter()
        act()
        took = (time.perf_counter() - clock) * 1000
        turn = Turn(took, max(0.0, took - (_queued() - queued) * 1000), (time.thread_time() - own) * 1000)
        if self._why is not None:
            self._why.end(max(turn.own, turn.alone) > GOAL_MS)
        return turn

    def turns(self, until: Callable[[], bool] | None = None, most: float = LONGEST_S) -> Iterator[Turn]:
        """Each turn, until the window is calm, or `until` says that what was waited for is there."""
        begun = calm = time.perf_counter()
        while (now := time.perf_counter()) - begun < most:
            if until is None and now - calm > CALM_S:
                return
            turn = self.turn(self._application.processEvents)
            if turn.clock > 1:
                calm = time.perf_counter()
                yield turn
            else:
                time.sleep(0.001)
            if until is not None and until():
                return

    def times(
        self,
        name: str,
        acts: Sequence[Callable[[], object]],
        until: Callable[[], bool] | None = None,
        most: float = LONGEST_S,
    ) -> None:
        """Do some things one after the other; prints how long each held the window at most, and until it was there."""
        held = Held(name, [])
        for act in acts:
            begun = time.perf_counter()
            turns = [self.turn(act), *self.turns(until, most)]
            held.longest.append(Turn.longest(turns))
            # What the watching itself adds, the calm at the end, is not what the user waits for.
            waited = (time.perf_counter() - begun) * 1000
            held.whole.append(waited if until is not None else max(0.0, waited - CALM_S * 1000))
        self.rows.append(held)
        print(held.told(), flush=True)
        if self._why is not None:
            self._why.tell()


def _queued() -> float:
    """Seconds for which this thread was ready while others had the processors; 0 where the system does not say."""
    try:
        return int(_RUN_QUEUE.read_bytes().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


class _Why:
    """Looks at the window's thread every few milliseconds, and tells what it did in the turns over the goal."""

    def __init__(self) -> None:
        self._window = threading.get_ident()
        self._seen: list[str] = []
        self._found: Counter[str] = Counter()
        self._on = False
        threading.Thread(target=self._look, daemon=True).start()

    def begin(self) -> None:
        self._seen, self._on = [], True

    def end(self, over: bool) -> None:
        self._on = False
        if over:
            self._found.update(self._seen)

    def tell(self) -> None:
        for stack, count in self._found.most_common(6):
            print(f"    {count * SAMPLE_S * 1000:.0f} ms: {stack}")
        self._found.clear()

    def _look(self) -> None:
        while True:
            time.sleep(SAMPLE_S)
            frame = sys._current_frames().get(self._window) if self._on else None
            if frame is not None:
                steps = traceback.extract_stack(frame)[-FRAMES_TOLD:]
                told = (f"{Path(step.filename).stem}:{step.lineno} {step.name}" for step in steps)
                self._seen.append(" > ".join(told))


@contextmanager
def opened_windows(application: Any) -> Iterator[list[Any]]:
    """The windows that are opened within; they are closed at the end."""
    before, opened = set(application.topLevelWidgets()), list[Any]()
    yield opened
    opened += [each for each in application.topLevelWidgets() if each not in before and each.isVisible()]
    for each in opened:
        each.close()
