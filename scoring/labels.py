"""The words for what is recorded and what was written, marked for translation."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mail import outcomes
from mail.letters import templates
from submissions.labels import ENTRY_ACTS

ACTION_LABELS: Mapping[str, str] = {
    "contest.create": gettext_noop("Edition created"),
    "contest.clone": gettext_noop("Edition made from an earlier one"),
    "contest.rehearse": gettext_noop("Rehearsal made"),
    "contest.play_rehearsal": gettext_noop("Generated jurors scored"),
    "contest.delete_rehearsal": gettext_noop("Rehearsal deleted"),
    "contest.change": gettext_noop("Texts or dates changed"),
    "contest.change_reminders": gettext_noop("Reminding dates changed"),
    "contest.change_rulebook": gettext_noop("New version of the rulebook"),
    "contest.change_weights": gettext_noop("Weights changed"),
    "contest.add_logo": gettext_noop("Logo added"),
    "contest.change_logo": gettext_noop("Logo changed"),
    "contest.remove_logo": gettext_noop("Logo removed"),
    "contest.announce": gettext_noop("Contest announced"),
    "contest.move_deadline": gettext_noop("Deadline moved"),
    "contest.open_judging": gettext_noop("Judging opened"),
    "contest.close_judging": gettext_noop("Judging closed"),
    "contest.reopen_judging": gettext_noop("Judging reopened"),
    "contest.publish": gettext_noop("Result published"),
    "contest.unpublish": gettext_noop("Result taken back"),
    "contest.archive": gettext_noop("Edition archived"),
    "contest.propose": gettext_noop("Proposed to a second person"),
    "contest.confirm_proposal": gettext_noop("Proposal confirmed"),
    "contest.withdraw_proposal": gettext_noop("Proposal withdrawn"),
    "contest.decline_proposal": gettext_noop("Proposal declined"),
    "contest.outdate_proposal": gettext_noop("Proposal out of date"),
    "contest.invite_juror": gettext_noop("Juror invited"),
    "contest.change_juror": gettext_noop("Juror given another role"),
    "contest.activate_substitute": gettext_noop("Substitute activated"),
    "contest.remove_juror": gettext_noop("Juror removed"),
    "contest.restore_juror": gettext_noop("Juror restored"),
    "contest.add_coordinator": gettext_noop("Coordinator added"),
    "contest.remove_coordinator": gettext_noop("Coordinator removed"),
    "contest.add_auditor": gettext_noop("Auditor added"),
    "contest.end_auditor": gettext_noop("Audit ended"),
    "contest.read_by_auditor": gettext_noop("Read by an auditor"),
    "contest.decide_claim": gettext_noop("Request to represent answered"),
    "contest.import_register": gettext_noop("Register file brought"),
    "contest.apply_register_import": gettext_noop("Register file applied"),
    "contest.write_register": gettext_noop("Register written"),
    "contest.erase_register_import": gettext_noop("Register file erased"),
    "contest.export_register": gettext_noop("Register asked for as a file"),
    "contest.download_register": gettext_noop("Register fetched"),
    "contest.download_rejected_rows": gettext_noop("Rejected rows fetched"),
    "contest.correct_organisation": gettext_noop("Organisation corrected"),
    "organisations.merge": gettext_noop("Organisations merged"),
    **ENTRY_ACTS,
    "submissions.open_paper": gettext_noop("Confirmation on paper opened"),
    "submissions.attach": gettext_noop("File attached"),
    "submissions.change_attachment": gettext_noop("File described anew"),
    "submissions.remove_attachment": gettext_noop("File removed"),
    "submissions.withdraw_photo_consent": gettext_noop("Photo kept from the public"),
    "submissions.declare_photo": gettext_noop("People in a photo declared afterwards"),
    "submissions.extend_juror": gettext_noop("More time given to a juror"),
    "submissions.add_award": gettext_noop("Earlier award recorded"),
    "submissions.remove_award": gettext_noop("Earlier award removed"),
    "submissions.assign": gettext_noop("Entries assigned to jurors"),
    "submissions.unassign": gettext_noop("Entry taken from a juror"),
    "submissions.declare_conflict": gettext_noop("Conflict of interest declared"),
    "submissions.state_conflict": gettext_noop("Conflict of interest stated"),
    "submissions.record_conflict": gettext_noop("Conflict of interest written down"),
    "submissions.confirm_conflict": gettext_noop("Conflict of interest confirmed"),
    "submissions.withdraw_conflict": gettext_noop("Conflict of interest withdrawn"),
    "submissions.lift_conflict": gettext_noop("Conflict of interest lifted"),
    "submissions.sign_declaration": gettext_noop("Declaration of impartiality signed"),
    "scoring.freeze": gettext_noop("Result frozen"),
    "scoring.send_sheet": gettext_noop("Score sheet sent"),
    "scoring.reopen_sheet": gettext_noop("Score sheet given back"),
    "scoring.exclude_scores": gettext_noop("Scores left out or taken in again"),
    "scoring.decide_tie": gettext_noop("Tie decided by the chair"),
    "scoring.write_citation": gettext_noop("Citation written"),
    "scoring.give_special_award": gettext_noop("Special award given"),
    "scoring.take_special_award_back": gettext_noop("Special award taken back"),
    "exports.request": gettext_noop("File asked for"),
    "exports.make": gettext_noop("File made"),
    "exports.download": gettext_noop("File fetched"),
    "exports.retry": gettext_noop("File tried again"),
    "exports.cancel": gettext_noop("File cancelled"),
    "mail.try_again": gettext_noop("Message tried again"),
}


def action_label(action: str) -> str:
    """Name what was done in the reader's language; what has no words by its code."""
    label = ACTION_LABELS.get(action)
    return _(label) if label else action


# What helps where a message did not arrive, by what failed.
_ASK_FOR_ADDRESS = gettext_noop(
    "Ask the person for the right address; trying again sends to the same one."
)
_ADVICE: Mapping[str, str] = {
    outcomes.ADDRESS_REFUSED: _ASK_FOR_ADDRESS,
    outcomes.NO_ADDRESS: _ASK_FOR_ADDRESS,
    outcomes.MESSAGE_REFUSED: gettext_noop(
        "Tell the person by telephone what it says, or try again later."
    ),
    outcomes.NOT_YET: gettext_noop(
        "The mailbox may be full: tell the person by telephone, then try again."
    ),
    outcomes.WE_ARE_REFUSED: gettext_noop(
        "Tell the administrator. When it is mended, try again."
    ),
    outcomes.LINE_BROKEN: gettext_noop(
        "Try again; if it fails once more, tell the administrator."
    ),
    outcomes.STOPPED: gettext_noop(
        "Ask the person whether it came; if it did not, try again."
    ),
    outcomes.TOO_LATE: gettext_noop(
        "The person can ask for a new code, or you tell one by telephone."
    ),
}


def kind_of_message(template: str) -> str:
    """Name a kind of message in the reader's language."""
    known = templates().get(template)
    return _(known.label) if known else template


def advice_on(error: str) -> str:
    """Tell in the reader's language what helps where a message did not arrive."""
    return _(_ADVICE[error]) if error in _ADVICE else ""
