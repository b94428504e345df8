"""What closing judging would leave out of what the jurors have done."""

from django.utils.translation import ngettext

from contest.consequences import Doubt, looks_before
from contest.models import Contest
from contest.phases import ActKind
from scoring.progress import complete_unsent


@looks_before(ActKind.CLOSE_JUDGING)
def unsent_sheets(contest: Contest) -> Doubt | None:
    """Count the sheets that only wait for their juror to send them."""
    count = complete_unsent(contest)
    if not count:
        return None
    message = ngettext(
        "{count} sheet is complete, but not sent, and would not count: ask its juror to"
        " send it.",
        "{count} sheets are complete, but not sent, and would not count: ask their"
        " jurors to send them.",
        count,
    )
    return Doubt("unsent_sheets", message.format(count=count), ())
