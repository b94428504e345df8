"""What those who run a contest write, and in whose name."""

from typing import Any

from django.utils.translation import gettext_noop

from contest.models import Contest
from mail.letters import Sender, Template

_SIGN_IN = gettext_noop("Sign in")
_HOW_TO_SIGN_IN = gettext_noop(
    "To sign in, give this address on the page; a code comes by e-mail. You need no"
    " password."
)
_BY_MISTAKE = gettext_noop("If this is a mistake, tell us; you need do nothing else.")

INVITED_TO_PANEL = Template(
    name="contest.invited_to_panel",
    label=gettext_noop("Invitation to the panel"),
    subject=gettext_noop("You are invited to the panel of “{contest}”"),
    paragraphs=(
        gettext_noop("{organiser} invites you to the panel of “{contest}”."),
        _HOW_TO_SIGN_IN,
        _BY_MISTAKE,
    ),
    button=_SIGN_IN,
)
INVITED_TO_COORDINATE = Template(
    name="contest.invited_to_coordinate",
    label=gettext_noop("Invitation to coordinate"),
    subject=gettext_noop("You are invited to coordinate “{contest}”"),
    paragraphs=(
        gettext_noop("{organiser} invites you to run “{contest}” as a coordinator."),
        _HOW_TO_SIGN_IN,
        _BY_MISTAKE,
    ),
    button=_SIGN_IN,
)
INVITED_TO_AUDIT = Template(
    name="contest.invited_to_audit",
    label=gettext_noop("Invitation to audit"),
    subject=gettext_noop("You are invited to audit “{contest}”"),
    paragraphs=(
        gettext_noop(
            "{organiser} lets you read “{contest}” as an auditor until {until}. What"
            " you open is recorded."
        ),
        _HOW_TO_SIGN_IN,
        _BY_MISTAKE,
    ),
    button=_SIGN_IN,
)
INVITED_BY_ORGANISER = Template(
    name="contest.invited_by_organiser",
    label=gettext_noop("Invitation to prepare contests"),
    subject=gettext_noop("You are invited to prepare contests of {organiser}"),
    paragraphs=(
        gettext_noop("{organiser} invites you to create and prepare its contests."),
        _HOW_TO_SIGN_IN,
        _BY_MISTAKE,
    ),
    button=_SIGN_IN,
)


def sender_of(contest: Contest) -> Sender:
    """Write for the organiser of a contest, who also gets the answers."""
    organiser = contest.series.organiser
    return Sender(organiser, organiser.phone, organiser.email, contest.pk)


def named(contest: Contest) -> dict[str, Any]:
    """Give the values that letters of a contest share, named in the reader's words."""
    return {"contest": contest, "organiser": contest.series.organiser}
