from fractions import Fraction

import factory
from factory.django import DjangoModelFactory

from contest import rulebook
from contest.models import Criterion
from core import clock
from scoring.models import FrozenResult, Score, ScoreEvent, Sheet, SpecialAward
from scoring.selectors import result_of
from tests.factories.accounts import UserFactory
from tests.factories.contest import ContestFactory
from tests.factories.submissions import AssignmentFactory, SubmissionFactory


class SheetFactory(DjangoModelFactory):
    """A sheet in draft, not scored; ``values={"innovation": 9}``, ``sent=True``."""

    class Meta:
        model = Sheet
        skip_postgeneration_save = True

    assignment = factory.SubFactory(AssignmentFactory)

    class Params:
        sent = factory.Trait(
            state=Sheet.State.SENT, sent_at=factory.LazyFunction(clock.now)
        )

    @factory.post_generation
    def values(sheet, _create, extracted, **_kwargs):  # noqa: N805 - factory_boy's way
        contest = sheet.assignment.submission.contest
        rules = rulebook.read(contest.rulebook.document)
        for code, value in (extracted or {}).items():
            ScoreFactory(
                sheet=sheet,
                criterion=Criterion.objects.get(contest=contest, code=code),
                steps=rules.criterion(code).scale.steps_of(Fraction(value)),
            )


class ScoreFactory(DjangoModelFactory):
    """A value saved once: 8 of the scale from 1 to 10, with its history."""

    class Meta:
        model = Score
        skip_postgeneration_save = True

    sheet = factory.SubFactory(SheetFactory)
    criterion = factory.LazyAttribute(
        lambda o: o.sheet.assignment.submission.contest.criteria.first()
    )
    steps = 7

    @factory.post_generation
    def history(score, _create, _extracted, **_kwargs):  # noqa: N805 - factory_boy's way
        ScoreEvent.objects.create(
            sheet=score.sheet,
            kind=ScoreEvent.Kind.SAVED,
            criterion=score.criterion,
            steps=score.steps,
            version=score.version,
            by_id=UserFactory().pk,
        )


class FrozenResultFactory(DjangoModelFactory):
    """What an act froze: the ranking as it stands; ``act=`` says of which contest."""

    class Meta:
        model = FrozenResult

    class Params:
        result = factory.LazyAttribute(lambda o: result_of(o.act.contest))

    contest = factory.LazyAttribute(lambda o: o.act.contest)
    rulebook = factory.LazyAttribute(lambda o: o.contest.rulebook)
    text = factory.LazyAttribute(lambda o: "".join(o.result.proof()))
    digest = factory.LazyAttribute(lambda o: o.result.digest)


class SpecialAwardFactory(DjangoModelFactory):
    """An award that an entry in competition was given."""

    class Meta:
        model = SpecialAward

    contest = factory.SubFactory(ContestFactory, phase="deliberation")
    award = "commended"
    submission = factory.SubFactory(
        SubmissionFactory, contest=factory.SelfAttribute("..contest"), state="eligible"
    )
    citation = "Už drąsą."
    by_id = factory.LazyFunction(lambda: UserFactory().pk)
