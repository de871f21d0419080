"""How far a long piece of work is that has several parts, said in hundredths of the whole."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
WHOLE = 100


class Course:
    """Tells `tell(done, WHOLE)`, which may raise to give the work up; asked without numbers it says the last again."""

    def __init__(self, tell: Progress) -> None:
        self._tell, self._at = tell, 0

    def __call__(self, at: int, of: int) -> None:
        self._at = at if of else self._at
        self._tell(self._at, WHOLE)

    def part(self, end: int) -> Progress:
        """The part of the work from here to so many hundredths, which counts in numbers of its own."""
        begun = self._at
        return lambda done, of: self(begun + (end - begun) * done // of if of else 0, of)
