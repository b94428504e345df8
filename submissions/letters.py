"""What is written of entries, to those who entered them and to those who judge them."""

from django.utils.translation import gettext_noop

from mail.letters import Quote, Template
from mail.models import Message

_MASS = Message.Priority.MASS
_OPEN_ENTRY = gettext_noop("Open the entry")
_UNTIL = gettext_noop("There is time until {until}.")

RECEIPT = Template(
    name="submissions.receipt",
    label=gettext_noop("Receipt of an entry"),
    subject=gettext_noop("{reference}: the entry has arrived"),
    paragraphs=(
        gettext_noop(
            "The entry “{title}” of {organisation} to “{contest}” has arrived."
        ),
        gettext_noop("Reference: {reference}, version {version}."),
        gettext_noop("Received: {at}."),
        gettext_noop("SHA-256 of what was sent: {digest}."),
        gettext_noop("You can change the entry and send it again until {until}."),
        gettext_noop("Keep this message: it is the receipt."),
    ),
    button=_OPEN_ENTRY,
)
CONFIRMATION_WANTED = Template(
    name="submissions.confirmation_wanted",
    label=gettext_noop("A prepared entry waits for its owner"),
    subject=gettext_noop("An entry of {organisation} needs your word"),
    paragraphs=(
        gettext_noop(
            "An entry to “{contest}” is being prepared in the name of {organisation}."
        ),
        gettext_noop("It is prepared by {preparer}."),
        gettext_noop(
            "It is sent only after somebody who acts for {organisation} has read and"
            " confirmed it. If you know nothing of it, ask us."
        ),
        _UNTIL,
    ),
    button=gettext_noop("Read and confirm"),
)
CORRECTION_WANTED = Template(
    name="submissions.correction_wanted",
    label=gettext_noop("Request to correct an entry"),
    subject=gettext_noop("{reference}: please correct the entry by {until}"),
    paragraphs=(
        gettext_noop("The entry “{title}” of {organisation} was given back:"),
        Quote("reason"),
        gettext_noop(
            "Correct it and send it again by {until}. Until then, and if you do not,"
            " it stands as you sent it."
        ),
    ),
    button=_OPEN_ENTRY,
)
ENTRY_EXTENDED = Template(
    name="submissions.entry_extended",
    label=gettext_noop("More time for an entry"),
    subject=gettext_noop("{contest}: {organisation} has more time"),
    paragraphs=(
        gettext_noop(
            "{organisation} was given more time for its entry to “{contest}”."
        ),
        gettext_noop("The entry: “{title}”."),
        gettext_noop("It can be sent until {until}."),
    ),
    button=gettext_noop("Go on writing"),
)
DEADLINE_MOVED = Template(
    name="submissions.deadline_moved",
    label=gettext_noop("The deadline was moved"),
    subject=gettext_noop("{contest}: entries are taken until {until}"),
    paragraphs=(
        gettext_noop("The deadline of “{contest}” was moved."),
        gettext_noop("Entries are now taken until {until}."),
        gettext_noop("What you have written and sent stays as it is."),
    ),
    button=gettext_noop("Open the contest"),
    priority=_MASS,
)
DRAFTS_WAIT = Template(
    name="submissions.drafts_wait",
    label=gettext_noop("Reminder of entries that were not sent"),
    subject=gettext_noop("{contest}: what you have written is not sent yet"),
    paragraphs=(
        gettext_noop("In “{contest}” these entries are saved, but not sent:"),
        Quote("entries"),
        gettext_noop(
            "What is saved but not sent does not take part. Of an entry that was sent"
            " before, the version sent last does."
        ),
    ),
    button=gettext_noop("Go on writing"),
    priority=_MASS,
)
JUROR_EXTENDED = Template(
    name="submissions.juror_extended",
    label=gettext_noop("More time for a juror"),
    subject=gettext_noop("{contest}: you have more time to judge"),
    paragraphs=(
        gettext_noop("You were given more time to judge the entries to “{contest}”."),
        gettext_noop("You can save and send scores until {until}."),
    ),
    button=gettext_noop("Open my sheets"),
)
JUDGING_OPENED = Template(
    name="submissions.judging_opened",
    label=gettext_noop("Judging has begun"),
    subject=gettext_noop("{contest}: judging has begun"),
    paragraphs=(
        gettext_noop(
            "Judging of “{contest}” has begun. Entries assigned to you: {count}."
        ),
        gettext_noop("Please send your sheets by {until}."),
        gettext_noop(
            "If an entry concerns you or somebody close to you, say so beside it"
            " instead of scoring it."
        ),
    ),
    button=gettext_noop("Open my sheets"),
    priority=_MASS,
)
ENTRIES_ASSIGNED = Template(
    name="submissions.entries_assigned",
    label=gettext_noop("Entries assigned while judging is open"),
    subject=gettext_noop("{contest}: you have more entries to judge"),
    paragraphs=(
        gettext_noop("In “{contest}” you were given more entries to judge: {count}."),
        gettext_noop("The entries: {references}."),
        gettext_noop("Please send your sheets by {until}."),
        gettext_noop(
            "If an entry concerns you or somebody close to you, say so beside it"
            " instead of scoring it."
        ),
    ),
    button=gettext_noop("Open my sheets"),
)
RESULTS_PUBLISHED = Template(
    name="submissions.results_published",
    label=gettext_noop("The results are published"),
    subject=gettext_noop("{contest}: the results are published"),
    paragraphs=(
        gettext_noop("The results of “{contest}” are published."),
        gettext_noop(
            "If the jury wrote to you, you find its words on the page of your entry."
        ),
        gettext_noop("Thank you for taking part."),
    ),
    button=gettext_noop("See the results"),
    priority=_MASS,
)
