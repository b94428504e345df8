"""How far a writer is."""

from collections.abc import Callable

ROWS_PER_STEP = 500

OnProgress = Callable[[int, int], None]


class Progress:
    """Counts rows and speaks seldom: a listener may write to a database."""

    def __init__(
        self,
        on_progress: OnProgress,
        *,
        total: int,
        rows_per_step: int = ROWS_PER_STEP,
    ) -> None:
        """Say at once how much there is to do."""
        self._on_progress, self._rows_per_step = on_progress, rows_per_step
        self._done, self._total = 0, total
        on_progress(0, total)

    def step(self) -> None:
        """Count a row."""
        self._done += 1
        if self._done % self._rows_per_step == 0:
            self._on_progress(self._done, self._total)

    def finish(self) -> None:
        """Say that all is done."""
        self._on_progress(self._total, self._total)
