from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from contest import rulebook
from contest.models import (
    Act,
    Auditor,
    Contest,
    ContestLogo,
    Coordinator,
    Criterion,
    Juror,
    Organiser,
    OrganiserMember,
    Picture,
    Proposal,
    RulebookVersion,
    Series,
)
from contest.phases import ActKind, Phase
from core import clock
from core.digests import json_digest
from tests.factories.accounts import UserFactory

# Days from now: when collection opens and closes, and when each act was done.
_COURSES = {
    Phase.SET_UP: ((10, 40), {}),
    Phase.ANNOUNCED: ((10, 40), {ActKind.ANNOUNCE: -1}),
    Phase.OPEN: ((-10, 20), {ActKind.ANNOUNCE: -20}),
    Phase.ELIGIBILITY: ((-50, -20), {ActKind.ANNOUNCE: -60}),
}
_LATER_ACTS = {
    Phase.JUDGING: {ActKind.OPEN_JUDGING: -15},
    Phase.DELIBERATION: {ActKind.CLOSE_JUDGING: -10},
    Phase.PUBLISHED: {ActKind.PUBLISH: -5},
    Phase.ARCHIVED: {ActKind.ARCHIVE: -1},
}
_done = _COURSES[Phase.ELIGIBILITY][1]
for _phase, _acts in _LATER_ACTS.items():
    _done = _done | _acts
    _COURSES[_phase] = ((-50, -20), _done)


def in_days(days):
    return clock.now() + timedelta(days=days)


class OrganiserFactory(DjangoModelFactory):
    """A tenant without members."""

    class Meta:
        model = Organiser

    slug = factory.Sequence(lambda n: f"organiser-{n}")
    name = factory.Sequence(lambda n: {"lt": f"Sąjunga {n}", "en": f"Union {n}"})


class OrganiserMemberFactory(DjangoModelFactory):
    """A person who prepares an organiser's contests."""

    class Meta:
        model = OrganiserMember

    organiser = factory.SubFactory(OrganiserFactory)
    person = factory.SubFactory(UserFactory)


class SeriesFactory(DjangoModelFactory):
    """A contest that comes back every year, without editions."""

    class Meta:
        model = Series

    organiser = factory.SubFactory(OrganiserFactory)
    slug = factory.Sequence(lambda n: f"series-{n}")
    title = factory.Sequence(lambda n: {"lt": f"Konkursas {n}"})


class ContestFactory(DjangoModelFactory):
    """An edition by the rules of LKBS, in ``phase``, that nobody runs yet."""

    class Meta:
        model = Contest

    phase = Phase.JUDGING  # by dates and acts
    document = factory.LazyFunction(lambda: rulebook.template("lkbs"))

    series = factory.SubFactory(SeriesFactory)
    slug = factory.Sequence(lambda n: f"contest-{n}")
    title = factory.Sequence(lambda n: {"lt": f"Leidimas {n}", "en": f"Edition {n}"})
    edition = factory.Sequence(lambda n: f"2026/{n}")
    languages = factory.LazyFunction(lambda: ["lt", "en"])
    fallback_language = "lt"
    opens_at = factory.LazyAttribute(lambda o: in_days(_COURSES[Phase(o.phase)][0][0]))
    closes_at = factory.LazyAttribute(lambda o: in_days(_COURSES[Phase(o.phase)][0][1]))
    reference_prefix = "2026"

    @classmethod
    def _create(cls, model_class, *args, phase, document, **fields):
        contest = super()._create(model_class, *args, **fields)
        for kind, days in _COURSES[Phase(phase)][1].items():
            ActFactory(contest=contest, kind=kind, at=in_days(days))
        contest.rulebook = RulebookVersionFactory(contest=contest, document=document)
        contest.save(update_fields=["rulebook"])
        for position, criterion in enumerate(document["criteria"]):
            Criterion.objects.create(
                contest=contest, code=criterion["code"], position=position
            )
        return contest


class ActFactory(DjangoModelFactory):
    """An act recorded just now."""

    class Meta:
        model = Act

    contest = factory.SubFactory(ContestFactory)
    kind = ActKind.OPEN_JUDGING
    at = factory.LazyFunction(clock.now)
    by_id = factory.LazyFunction(lambda: UserFactory().pk)


class RulebookVersionFactory(DjangoModelFactory):
    """Version 1 of a contest's rules; which one is in force the contest says."""

    class Meta:
        model = RulebookVersion

    contest = factory.SubFactory(ContestFactory)
    number = 1
    document = factory.LazyFunction(lambda: rulebook.template("lkbs"))
    sha256 = factory.LazyAttribute(lambda o: json_digest(o.document))
    by_id = factory.LazyFunction(lambda: UserFactory().pk)


class CoordinatorFactory(DjangoModelFactory):
    """A person who runs an edition."""

    class Meta:
        model = Coordinator

    contest = factory.SubFactory(ContestFactory)
    person = factory.SubFactory(UserFactory)


class JurorFactory(DjangoModelFactory):
    """A member of the panel without assignments, with the next free number."""

    class Meta:
        model = Juror

    contest = factory.SubFactory(ContestFactory)
    person = factory.SubFactory(UserFactory)
    number = factory.LazyAttribute(lambda o: o.contest.jurors.count() + 1)


class AuditorFactory(DjangoModelFactory):
    """Who may read an edition for ten days more."""

    class Meta:
        model = Auditor

    contest = factory.SubFactory(ContestFactory)
    person = factory.SubFactory(UserFactory)
    until = factory.LazyFunction(lambda: in_days(10))
    reason = "Metinis auditas"


class PictureFactory(DjangoModelFactory):
    """Bytes that nobody opens."""

    class Meta:
        model = Picture

    content = b"picture"
    content_type = "image/png"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    width = 8
    height = 4


class ContestLogoFactory(DjangoModelFactory):
    """A logo of an edition."""

    class Meta:
        model = ContestLogo

    contest = factory.SubFactory(ContestFactory)
    picture = factory.SubFactory(PictureFactory)
    alt = factory.LazyFunction(lambda: {"lt": "Europos Sąjungos vėliava"})
    position = factory.LazyAttribute(lambda o: o.contest.logos.count() + 1)


class ProposalFactory(DjangoModelFactory):
    """To reopen judging, by a coordinator, an hour before it is too late to confirm."""

    class Meta:
        model = Proposal

    contest = factory.SubFactory(ContestFactory)
    kind = Proposal.Kind.REOPEN_JUDGING
    subject_id = factory.SelfAttribute("contest.pk")
    reason = "Klaida skaičiuojant"
    proposed_by = factory.LazyAttribute(
        lambda o: CoordinatorFactory(contest=o.contest).person
    )
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(hours=1))
