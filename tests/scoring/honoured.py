"""A contest that was judged and closed, with special awards to give."""

from config.demo.seeding import Size, seed_contest
from contest.course import record_act
from contest.phases import ActKind
from contest.rulemaking import change_weights
from scoring.giving import give_special_award, take_special_award_back
from submissions.models import Submission

AWARDS = [
    {"code": "commended", "title": {"lt": "Pagirtas", "en": "Highly commended"}},
    {
        "code": "sponsors",
        "title": {"lt": "Rėmėjo prizas", "en": "The sponsor's prize"},
        "description": {"lt": "Už šviesą kaime."},
        "sponsor": {"lt": "UAB „Šviesa“", "en": "Šviesa Ltd."},
        "count": 1,
    },
]


def honoured_contest():
    """Judged and closed, with two special awards."""
    size = Size(entries=4, jurors=3, criteria=3, share=1.0)
    made = seed_contest(slug="honoured", size=size, seed=2).contest
    return describe(made, AWARDS)


def describe(contest, awards, **changes):
    """Let the rules in force describe special awards."""
    rules = contest.rules_in_force
    version = change_weights(
        contest=contest,
        document={**rules.document, **changes, "special_awards": awards},
        reason="Taip nutarta.",
        expected_version=rules.number,
        by=person_of(contest),
    )
    contest.rulebook = version
    return contest


def person_of(contest):
    return contest.coordinators.order_by("pk")[0].person


def entry(contest, number):
    return Submission.objects.filter(contest=contest).order_by("reference")[number - 1]


def give(contest, number=1, award="commended", by=None, citation="Už drąsą."):
    return give_special_award(
        contest=contest,
        award=award,
        reference=entry(contest, number).reference,
        citation=citation,
        by=by or person_of(contest),
    )


def take_back(contest, given, reason="Apsirikta."):
    take_special_award_back(
        contest=contest, award_id=given.pk, reason=reason, by=person_of(contest)
    )


def withdraw(contest, number):
    Submission.objects.filter(pk=entry(contest, number).pk).update(
        state="withdrawn", withdrawn_from="eligible"
    )


def publish(contest, **kwargs):
    record_act(
        contest=contest,
        kind=ActKind.PUBLISH,
        reason="Taip nutarta.",
        by=person_of(contest),
        **kwargs,
    )
