"""What opening and closing judging would leave out: asked before each of the two."""

from django.utils.translation import ngettext

from contest.consequences import Doubt, looks_before
from contest.models import Contest
from contest.phases import ActKind
from core import clock
from submissions.models import JurorExtension, Submission

_UNDECIDED = (Submission.State.SUBMITTED, Submission.State.RETURNED)
_NAMED = 20


@looks_before(ActKind.OPEN_JUDGING)
def undecided_entries(contest: Contest) -> Doubt | None:
    """Name the entries of which nobody has said whether they meet the rules."""
    waiting = Submission.objects.filter(contest=contest, state__in=_UNDECIDED)
    references = tuple(
        waiting.order_by("reference").values_list("reference", flat=True)
    )
    if not references:
        return None
    message = ngettext(
        "{count} entry is not decided and would not be judged: {named}.",
        "{count} entries are not decided and would not be judged: {named}.",
        len(references),
    )
    return _doubt("undecided_entries", message, references)


@looks_before(ActKind.CLOSE_JUDGING)
def running_extensions(contest: Contest) -> Doubt | None:
    """Name the jurors who were given more time than until now."""
    running = JurorExtension.objects.running(clock.database_now()).filter(
        juror__contest=contest, juror__removed_at__isnull=True
    )
    extended = running.select_related("juror").order_by("juror__number")
    keys = tuple(extension.juror.key for extension in extended)
    if not keys:
        return None
    message = ngettext(
        "{count} juror has more time and goes on scoring, so the ranking stays"
        " interim: {named}.",
        "{count} jurors have more time and go on scoring, so the ranking stays"
        " interim: {named}.",
        len(keys),
    )
    return _doubt("running_extensions", message, keys)


def _doubt(code: str, message: str, things: tuple[str, ...]) -> Doubt:
    shown = ", ".join(things[:_NAMED])
    named = f"{shown} …" if len(things) > _NAMED else shown
    return Doubt(code, message.format(count=len(things), named=named), things)
