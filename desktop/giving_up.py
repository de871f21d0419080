"""How long work hears that it was given up, wherever it is: whoever works on a thread asks here now and then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_here = threading.local()


@contextmanager
def heard_by(ask: Callable[[], object]) -> Iterator[None]:
    """Let `go_on` on this thread ask this: it raises where the work was given up."""
    before = getattr(_here, "ask", None)
    _here.ask = ask
    try:
        yield
    finally:
        _here.ask = before


def go_on() -> None:
    """Go on, unless the work on this thread was given up: then what its job raises for that. Costs next to nothing."""
    ask = getattr(_here, "ask", None)
    if ask is not None:
        ask()
