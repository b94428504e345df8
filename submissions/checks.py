"""What is wrong or unusual in an entry as it stands, beyond the shape of its fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from contest.questions import answer_problems
from contest.rulebook import Rulebook
from core.errors import FieldError
from organisations.countries import country
from submissions.models import Submission


def contradictions(submission: Submission) -> Iterator[FieldError]:
    """Find what cannot be saved: it contradicts itself or the country."""
    start, end = submission.started_on, submission.finished_on
    if start and end and end < start:
        yield FieldError(
            "finished_on",
            _("The project ends ({end}) before it starts ({start}).").format(
                end=end, start=start
            ),
            received=end,
        )
    municipalities = country(submission.organisation.country).municipalities
    if submission.municipality and submission.municipality not in municipalities:
        yield FieldError(
            "municipality",
            _(
                "{received} is not the code of a municipality; codes look like LT-33."
            ).format(received=submission.municipality),
            received=submission.municipality,
        )


def refused(
    submission: Submission, fields: Mapping[str, Any], rules: Rulebook
) -> Iterator[FieldError]:
    """Find what the edition's rules do not take of the values that are to be saved.

    ``submission`` is as it was before. What stands there already is not refused, even
    where the rules have changed since: nobody loses an old answer by a new save.
    """
    changed = {
        field: value
        for field, value in fields.items()
        if value != getattr(submission, field)
    }
    yield from _unknown_codes(submission, changed, rules)
    yield from too_long(changed, rules)


def too_long(content: Mapping[str, Any], rules: Rulebook) -> Iterator[FieldError]:
    """Find the fixed fields that say more than the edition's form has room for."""
    for field, limit in rules.field_limits.items():
        length = len(content.get(field, ""))
        if length > limit:
            yield FieldError(
                field,
                _(
                    "This text is {length} characters long; the limit is {limit}."
                ).format(length=length, limit=limit),
            )


def _unknown_codes(
    submission: Submission, changed: Mapping[str, Any], rules: Rulebook
) -> Iterator[FieldError]:
    chosen = set(rules.chosen_nominations)
    nominations = changed.get("nominations", ())
    if unknown := sorted(set(nominations) - chosen - set(submission.nominations)):
        yield FieldError(
            "nominations",
            _("“{code}” is not a nomination to choose; there are: {allowed}.").format(
                code=unknown[0], allowed=", ".join(sorted(chosen)) or "–"
            ),
            received=nominations,
        )
    before = submission.answers
    given = {
        code: answer
        for code, answer in changed.get("answers", {}).items()
        if code not in before or not _same(answer, before[code])
    }
    yield from answer_problems(rules.questions, given)


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


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
