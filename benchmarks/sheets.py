"""Score sheets that are open again, and the jurors who fill them in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import cycle

from benchmarks.people import Asker
from contest.course import record_act
from contest.models import Contest, Criterion
from contest.phases import ActKind, Phase
from core import clock
from scoring.models import Sheet
from submissions.models import Assignment


@dataclass
class OpenSheet:
    """A juror at one criterion of one sheet, who changes their mind at every call."""

    asker: Asker
    assignment: Assignment
    criterion: Criterion
    version: int = 1
    values: Iterable[int] = field(default_factory=lambda: cycle(range(1, 11)))

    def __post_init__(self) -> None:
        """Fix the addresses."""
        self.path = f"assignments/{self.assignment.pk}/sheet/"
        self.score_path = f"{self.path}{self.criterion.code}/"
        self.bare_path = f"bare/scores/{self.assignment.pk}/{self.criterion.pk}/"
        self.values = iter(self.values)

    def save(self) -> None:
        """Save over the version that was seen last."""
        body = {"value": str(next(self.values)), "version": self.version}
        self.asker.patch(self.score_path, body)
        self.version += 1

    def save_barely(self) -> None:
        """Save the same past everything."""
        self.asker.patch(self.bare_path, {"steps": next(self.values) - 1})


def reopen(contest: Contest) -> None:
    """Let the jury judge again, all sheets being drafts; once is enough."""
    coordinator = contest.coordinators.select_related("person").get().person
    reason = "Matuojamas greitis"
    if contest.state_at(clock.now()).phase != Phase.JUDGING:
        record_act(
            contest=contest, kind=ActKind.REOPEN_JUDGING, reason=reason, by=coordinator
        )
    sheets = Sheet.objects.filter(assignment__submission__contest=contest)
    sheets.update(state=Sheet.State.DRAFT, sent_at=None)


def open_sheets(contest: Contest, *, jurors: int) -> list[OpenSheet]:
    """Take a sheet of each of the first jurors."""
    criterion = contest.criteria.first()
    found = []
    for juror in contest.jurors.select_related("person")[:jurors]:
        assignment = juror.assignments.order_by("submission__reference").first()
        found.append(OpenSheet(Asker(juror.person), assignment, criterion))
    return found
