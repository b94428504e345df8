"""What is wrong or unusual in an entry as it stands, beyond the shape of its fields."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.questions import answer_problems
from contest.rulebook import Rulebook, read
from core import clock
from core.errors import FieldError
from organisations.countries import country
from organisations.countries.pack import Grants
from submissions.content import SHARE_FIELDS, freeze
from submissions.models import Submission
from submissions.taking_part import breaches

_CENT = Decimal("0.01")


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
    pack = country(submission.organisation.country)
    if submission.municipality and not pack.is_place(submission.municipality):
        yield FieldError(
            "municipality",
            _(
                "{received} is not the code of a municipality; codes look like"
                " {example}."
            ).format(
                received=submission.municipality, example=min(pack.municipalities)
            ),
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
    """List what looks unusual in the working copy; a warning blocks nothing.

    That no place is left is told here as well: sending it would be refused.
    """
    rules = read(submission.contest.rules_in_force.document)
    is_withdrawn = submission.state == Submission.State.WITHDRAWN
    full = () if is_withdrawn else breaches(submission, rules, freeze(submission))
    return [
        *(error.message for error in full),
        *_unusual_numbers(submission),
        *_unusual_dates(submission, rules),
        *_unusual_sums(submission),
        *_undeclared_photos(submission),
        *_no_chance(submission, rules),
    ]


def _unusual_numbers(submission: Submission) -> Iterator[str]:
    pack = country(submission.organisation.country)
    if submission.measure and not pack.measure.fullmatch(submission.measure):
        yield _("The measure “{measure}” is not written as {usual}.").format(
            measure=submission.measure, usual=pack.measure_example
        )
    number = submission.project_number
    if number and not pack.project_number.fullmatch(number):
        yield _("The project number “{number}” has an unusual form.").format(
            number=number
        )


def _unusual_dates(submission: Submission, rules: Rulebook) -> Iterator[str]:
    if submission.finished_on is None and not rules.may_be_ongoing:
        yield _("Say when the project ended: only finished projects are entered.")
    today = clock.now().astimezone(ZoneInfo(submission.contest.time_zone)).date()
    is_over = submission.finished_on is None or submission.finished_on <= today
    if not is_over and not rules.may_be_ongoing:
        yield _(
            "The project ends on {day}; only finished projects are entered."
        ).format(day=submission.finished_on)


def _unusual_sums(submission: Submission) -> Iterator[str]:
    total, grant = submission.total, submission.grant_awarded
    paid, shares = submission.grant_paid, _shares(submission)
    usual = country(submission.organisation.country).grants
    if total is not None and submission.with_vat is None:
        yield _("Say whether the sums include VAT.")
    if shares and total is not None and abs(sum(shares.values()) - total) > _CENT:
        yield _("The shares add up to {sum}, the total is {total}.").format(
            sum=sum(shares.values()), total=total
        )
    if usual and None not in (grant, total) and grant > total * usual.intensity:
        yield _(
            "The grant {grant} is more than {percent} per cent of the total {total}."
        ).format(grant=grant, percent=_percent(usual.intensity), total=total)
    if grant is not None and paid is not None and paid > grant:
        yield _("The grant paid ({paid}) is more than was awarded ({grant}).").format(
            paid=paid, grant=grant
        )
    yield from _unusual_grant_shares(shares, grant if paid is None else paid, usual)


def _unusual_grant_shares(
    shares: Mapping[str, Decimal], grant: Decimal | None, usual: Grants | None
) -> Iterator[str]:
    """Compare the public shares with the grant, and with what is usual of them."""
    eu, state = shares.get("share_eu"), shares.get("share_state")
    if eu is None or state is None:
        return
    both = eu + state
    if grant is not None and abs(both - grant) > _CENT:
        yield _(
            "The shares of the EU and the state add up to {sum}, the grant is {grant}."
        ).format(sum=both, grant=grant)
    if usual and abs(eu - both * usual.eu_share) > _CENT:
        yield _(
            "Of a LEADER grant the EU gives {union} and the state {rest} per cent; here"
            " it is {eu} and {state}."
        ).format(
            union=_percent(usual.eu_share),
            rest=_percent(1 - usual.eu_share),
            eu=eu,
            state=state,
        )


def _percent(share: Decimal) -> str:
    return f"{share:.0%}".removesuffix("%")


def _undeclared_photos(submission: Submission) -> Iterator[str]:
    photos = submission.attachments.in_working_copy().undeclared()
    names = list(photos.values_list("name", flat=True))
    if names:
        yield ngettext(
            "Say whether people can be recognised in the photo {names}; until then it"
            " will not be published.",
            "Say whether people can be recognised in the photos {names}; until then"
            " they will not be published.",
            len(names),
        ).format(names=", ".join(names))


def _no_chance(submission: Submission, rules: Rulebook) -> Iterator[str]:
    """Tell who chose no nomination that only what is chosen wins anything."""
    chosen, awarding = set(rules.chosen_nominations), set(rules.awarded)
    if awarding and awarding <= chosen and not chosen & set(submission.nominations):
        yield _(
            "No nomination is chosen. Only entries in a nomination are awarded, so"
            " choose one."
        )


def _shares(submission: Submission) -> dict[str, Decimal]:
    given = {field: getattr(submission, field) for field in SHARE_FIELDS}
    return {field: share for field, share in given.items() if share is not None}
