"""A score sheet that may be written to, locked and judged."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from contest import rulebook
from contest.models import Contest
from core.errors import Conflict, NotYours
from core.policy import allows, require
from core.prepared import Prepared
from scoring.models import Sheet
from submissions.entered import criteria_for
from submissions.locks import hold_assignment
from submissions.models import Assignment, Submission
from submissions.rules import OwnSheet, with_interest_of

# What a touch of a sheet asks; the texts of entry, contest and rulebook it does not.
_COLUMNS = (
    "conflict_at",
    "is_assigned",
    "juror__contest",
    "juror__person",
    "juror__number",
    "juror__role",
    "juror__invited_at",
    "juror__activated_at",
    "juror__removed_at",
    "sheet__state",
    "sheet__sent_at",
    "sheet__comment_commission",
    "sheet__comment_entrant",
    "sheet__comments_version",
    "sheet__reopened_reason",
    "submission__contest__series",
    "submission__contest__slug",
    "submission__contest__is_rehearsal",
    "submission__contest__time_zone",
    "submission__contest__opens_at",
    "submission__contest__closes_at",
    "submission__contest__rulebook__number",
    "submission__organisation",
    "submission__prepared_by",
    "submission__entered_by",
    "submission__reference",
    "submission__state",
    "submission__submitted_at",
    "submission__returned_until",
    "submission__extended_until",
    "submission__shared_at",
)


def _wanted(assignment: UUID, person: UUID) -> QuerySet[Assignment]:
    found = Assignment.objects.filter(pk=assignment).order_by()
    related = "juror", "sheet", "submission__contest__rulebook"
    assignments = found.select_related(*related).only(*_COLUMNS)
    return with_interest_of(assignments, User(pk=person))


_WANTED = Prepared(_wanted, assignment=UUID, person=UUID)


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet that may be written to, held until the transaction ends.

    ``criteria`` are those that its entry is judged by.
    """

    assignment: Assignment
    sheet: Sheet
    criteria: tuple[rulebook.Criterion, ...]

    @property
    def contest(self) -> Contest:
        """The contest whose rules apply."""
        return self.assignment.submission.contest


def open_sheet(
    assignment_id: UUID, *, action: str, by: User, begins: bool = True
) -> OpenSheet:
    """Lock the sheet and judge the action, while no act can change the phase.

    ``begins`` says whether a sheet that is not there yet is begun.
    """
    hold_assignment(assignment_id)
    assignment = _WANTED.one(assignment=assignment_id, person=by.pk)
    if assignment is None:
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    contest = assignment.submission.contest
    if not allows(by, action, OwnSheet(assignment)):
        require(by, action, assignment)
    if assignment.submission.state != Submission.State.ELIGIBLE:
        raise Conflict(
            _("The entry {reference} is no longer in the competition.").format(
                reference=assignment.submission.reference
            ),
            code="entry_not_in_competition",
        )
    sheet = getattr(assignment, "sheet", None)
    if sheet is None:
        sheet = Sheet(assignment=assignment)
        if begins:
            sheet.save(force_insert=True)
    rules = rulebook.read_version(contest.rules_in_force)
    return OpenSheet(assignment, sheet, criteria_for(assignment.submission, rules))
