"""What is wrong or unusual in an entry as it stands, beyond the shape of its fields."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contest.rulebook import Rulebook
from core.errors import FieldError
from organisations.countries import country
from submissions.models import Submission

_SHOWN = 60  # characters of an unknown code that are repeated


def contradictions(submission: Submission, rules: Rulebook) -> Iterator[FieldError]:
    """Find what cannot be saved: it contradicts itself, the rules or the country."""
    start, end = submission.started_on, submission.finished_on
    if start and end and end < start:
        yield FieldError(
            "finished_on",
            _("The project ends ({end}) before it starts ({start}).").format(
                end=end, start=start
            ),
            received=end,
        )
    yield from _unknown_codes(submission, rules)
    municipalities = country(submission.organisation.country).municipalities
    if submission.municipality and submission.municipality not in municipalities:
        yield FieldError(
            "municipality",
            _(
                "{received} is not the code of a municipality; codes look like LT-33."
            ).format(received=submission.municipality),
            received=submission.municipality,
        )


def _unknown_codes(submission: Submission, rules: Rulebook) -> Iterator[FieldError]:
    chosen = {n.code for n in rules.nominations if n.entries == "chosen"}
    if unknown := sorted(set(submission.nominations) - chosen):
        yield FieldError(
            "nominations",
            _("“{code}” is not a nomination to choose; there are: {allowed}.").format(
                code=unknown[0], allowed=", ".join(sorted(chosen)) or "–"
            ),
            received=submission.nominations,
        )
    asked = {question["code"] for question in rules.questions}
    if unknown := sorted(set(submission.answers) - asked):
        yield FieldError(
            "answers",
            _("There is no question “{code}”; there are: {allowed}.").format(
                code=unknown[0][:_SHOWN], allowed=", ".join(sorted(asked)) or "–"
            ),
        )


def warnings(submission: Submission) -> list[str]:
    """List what looks unusual in the working copy; a warning blocks nothing."""
    pack = country(submission.organisation.country)
    found = []
    if submission.measure and not pack.measure.fullmatch(submission.measure):
        found.append(
            _("The measure “{measure}” is not written as LEADER-19.2-….").format(
                measure=submission.measure
            )
        )
    number = submission.project_number
    if number and not pack.project_number.fullmatch(number):
        found.append(
            _("The project number “{number}” has an unusual form.").format(
                number=number
            )
        )
    grant, total = submission.grant_awarded, submission.total
    if grant is not None and total is not None and grant > total:
        found.append(
            _("The grant {grant} is larger than the total {total}.").format(
                grant=grant, total=total
            )
        )
    return found
