"""What is written to jurors of their sheets."""

from django.utils.translation import gettext_noop

from mail.letters import Quote, Template
from mail.models import Message

SHEETS_WAIT = Template(
    name="scoring.sheets_wait",
    label=gettext_noop("Reminder of sheets that were not sent"),
    subject=gettext_noop("{contest}: your sheets are not all sent"),
    paragraphs=(
        gettext_noop(
            "In “{contest}” you have sheets not sent: {waiting} of {assigned}."
        ),
        gettext_noop("Complete, and only to be sent: {complete}."),
        gettext_noop("Please send your sheets by {until}."),
        gettext_noop("A sheet that is not sent does not count."),
    ),
    button=gettext_noop("Open my sheets"),
    priority=Message.Priority.MASS,
)
SHEET_REOPENED = Template(
    name="scoring.sheet_reopened",
    label=gettext_noop("A sheet was given back to its juror"),
    subject=gettext_noop("{reference}: your sheet was given back to you"),
    paragraphs=(
        gettext_noop(
            "Your sheet of the entry {reference} in “{contest}” was given back to you:"
        ),
        Quote("reason"),
        gettext_noop("Until you send it again, it does not count."),
        gettext_noop("There is time until {until}."),
    ),
    button=gettext_noop("Open the sheet"),
)
