"""Special awards are given, and taken back. Services."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest
from contest.rulebook import Rulebook, read_version
from contest.rulebook_awards import SpecialAward as Rule
from core.errors import Conflict, Invalid, NotYours, SumaniError
from core.localized import localized
from core.policy import require
from scoring.models import SpecialAward
from scoring.naming import list_titles
from scoring.rules import Results
from scoring.special_awards import (
    Candidate,
    Lapse,
    candidate_of,
    candidates_in,
    lapses,
)
from submissions.locks import hold_contest
from submissions.models import Submission


@transaction.atomic
def give_special_award(
    *, contest: Contest, award: str, reference: str, citation: str, by: User
) -> SpecialAward:
    """Give an entry a special award of the rules, with the jury's words for what.

    Raises ``Invalid`` for an award or an entry that cannot be meant, ``Conflict``
    where the entry has the award, or as many have it as the rules allow.
    """
    contest = _held(contest)
    require(by, "scoring.give_special_award", Results(contest))
    rules = read_version(contest.rules_in_force)
    rule = _known(rules, award)
    candidate = candidate_of(contest, award, reference)
    if candidate is None:
        raise Invalid.field(
            "reference",
            _(
                "This contest has no entry {reference}; nothing was given. Look its"
                " reference up in the list of entries."
            ).format(reference=reference[:60]),
            received=reference,
        )
    _require_possible(contest, rules, rule, candidate)
    entry = Submission.objects.get(contest=contest, reference=reference)
    given = SpecialAward.objects.create(
        contest=contest, award=award, submission=entry, citation=citation, by_id=by.pk
    )
    record(
        "scoring.give_special_award",
        given,
        by=by,
        contest_id=contest.pk,
        label=f"{_title(contest, rule)}: {reference}",
        award=award,
    )
    return given


@transaction.atomic
def take_special_award_back(
    *, contest: Contest, award_id: UUID, reason: str, by: User
) -> None:
    """Undo that an entry was given an award; the record keeps it, and the reason."""
    contest = _held(contest)
    require(by, "scoring.give_special_award", Results(contest))
    rows = SpecialAward.objects.select_related("submission")
    given = rows.filter(contest=contest, pk=award_id).first()
    if given is None:
        raise NotYours(
            _("This award is not given any more, or never was; all others stand.")
        )
    if not reason:
        raise Invalid.field("reason", _("Say why: the record keeps it."))
    record(
        "scoring.take_special_award_back",
        given,
        by=by,
        contest_id=contest.pk,
        label=f"{given.award}: {given.submission.reference}",
        reason=reason,
        award=given.award,
    )
    given.delete()


def _held(contest: Contest) -> Contest:
    """Let no second award be given meanwhile, and read the contest anew."""
    hold_contest(contest.pk)
    return Contest.objects.with_course().get(pk=contest.pk)


def _title(contest: Contest, rule: Rule) -> str:
    return localized(rule.title, fallback=contest.fallback_language)


def _known(rules: Rulebook, code: str) -> Rule:
    if rule := rules.special_award(code):
        return rule
    codes = ", ".join(award.code for award in rules.special_awards)
    raise Invalid.field(
        "award",
        _(
            "The rules of this contest have no special award {code}; there are:"
            " {allowed}. Nothing was given."
        ).format(code=code[:60], allowed=codes or "–"),
        received=code,
    )


def _require_possible(
    contest: Contest, rules: Rulebook, rule: Rule, candidate: Candidate
) -> None:
    """Refuse what would not count, and the same award twice."""
    given = candidates_in(contest)
    having = [each.reference for each in given if each.award == rule.code]
    if candidate.reference in having:
        raise Conflict(
            _(
                "{reference} was given “{award}” already, and it stands. To change the"
                " words, take it back and give it anew."
            ).format(reference=candidate.reference, award=_title(contest, rule)),
            code="given_already",
        )
    found = lapses(rules, [*given, candidate])
    if lapse := found.pop():
        counting = [
            each.reference
            for each, gone in zip(given, found, strict=True)
            if each.award == rule.code and gone is None
        ]
        raise _refusal(contest, rule, candidate, lapse, counting)


def _refusal(
    contest: Contest,
    rule: Rule,
    candidate: Candidate,
    lapse: Lapse,
    counting: list[str],
) -> SumaniError:
    named = {"award": _title(contest, rule), "reference": candidate.reference}
    if lapse is Lapse.TOO_MANY:
        return Conflict(
            _(
                "By the rules “{award}” is given {count} times at most, and these have"
                " it: {having}. They keep it; take it back from one of them first."
            ).format(**named, count=rule.count, having=", ".join(counting)),
            code=lapse,
        )
    if lapse is Lapse.ELSEWHERE:
        message = _(
            "“{award}” is for entries of the nomination “{nomination}”, and {reference}"
            " is not one of them. Nothing was given: choose another entry or award."
        ).format(**named, nomination=list_titles(contest)[rule.nomination])
    else:
        message = _(
            "{reference} does not compete: it is not eligible, or was withdrawn."
            " Nothing was given: choose another entry."
        ).format(**named)
    return Invalid.field("reference", message, code=lapse, received=named["reference"])
