from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from contest.models import Contest, Coordinator, Juror, OrganiserMember
from contest.phases import Phase
from contest.rulebook import read_version
from core import clock
from core.pages.views import Page
from organisations.models import Organisation
from scoring.judging import waiting_for
from submissions.authorship import begun_by
from submissions.file_selectors import know_files
from submissions.models import Submission
from submissions.pages.next_steps import next_step, with_agreement
from submissions.pages.own_entries import RELATED
from submissions.preparing import helps_as, sees_territory
from submissions.rules import with_more_time


class DeskPage(Page):
    """What waits for a person: own entries, contests to judge, contests to run."""

    permission_map = {"get": "submissions.list"}
    template_name = "scoring/desk.html"

    def get_context_data(self, **kwargs):
        person, now = self.request.user, clock.now()
        organisations = Organisation.objects.represented_by(person)
        organisations = list(organisations.order_by("name_sort", "pk"))
        own, helped = _steps(person, organisations)
        collecting = _open(now)
        return super().get_context_data(
            organisations=organisations,
            steps=own,
            helped=helped,
            open_contests=collecting,
            helps_in=_helps_in(collecting, organisations),
            judging=_judged_by(person, now),
            organises=OrganiserMember.objects.filter(person=person).exists(),
            coordinating=_with_phase(_run_by(person), now),
            **kwargs,
        )


def _steps(person, organisations):
    """What comes next for one's own entries, and for those prepared for others."""
    entries = Submission.objects.filter(
        Q(organisation__in=organisations)
        | Q(prepared_by__in=organisations)
        | begun_by(person)
    ).select_related(*RELATED)
    entries = with_agreement(entries).prefetch_related("contest__acts")
    mine = {organisation.pk for organisation in organisations}
    own, helped = [], []
    entries = list(entries.order_by("-changed_at", "pk"))
    know_files(entries)
    for entry in entries:
        prepares = entry.prepared_by_id in mine or entry.nominator_id == person.pk
        helps = prepares and entry.organisation_id not in mine
        (helped if helps else own).append(next_step(entry, helps=helps))
    return own, helped


def _helps_in(contests, organisations):
    """Contests whose rules let organisations prepare entries for others.

    Each with those of them that see how far the communities of their territory are.
    """
    helped = []
    for contest in contests:
        rules = read_version(contest.rules_in_force)
        helpers = [each for each in organisations if helps_as(each, rules)]
        if helpers:
            helped.append((contest, helpers))
    seeing = {each for _contest, helpers in helped for each in helpers}
    seeing = set(filter(sees_territory, seeing))
    return [
        (contest, [each for each in helpers if each in seeing])
        for contest, helpers in helped
    ]


def _judged_by(person, now):
    """Contests on whose panel the person sits: the phase, and how many sheets wait.

    A substitute waits elsewhere until called; a contest is there once it is announced,
    as its pages are. None where there is no time to score:
    before judging, the number would tell which entries were found eligible.
    """
    acting = Juror.objects.acting().exclude(
        role=Juror.Role.SUBSTITUTE, activated_at__isnull=True
    )
    seats = acting.filter(person=person).values("contest")
    contests = list(Contest.objects.filter(pk__in=seats).with_course())
    if not contests:
        return []
    waiting, late = waiting_for(person), with_more_time(person)
    judged = []
    for contest in contests:
        phase = contest.state_at(now).phase
        if phase == Phase.SET_UP:
            continue
        is_late = phase == Phase.DELIBERATION and contest.pk in late
        has_time = phase == Phase.JUDGING or is_late
        judged.append(
            (contest, phase, waiting.get(contest.pk, 0) if has_time else None)
        )
    return judged


def _open(now):
    """Contests that take entries now."""
    announced = Contest.objects.visible_to(AnonymousUser()).with_course()
    return [c for c in announced if c.state_at(now).phase == Phase.OPEN]


def _run_by(person):
    run = Coordinator.objects.filter(person=person).values("contest")
    return Contest.objects.filter(pk__in=run).with_course()


def _with_phase(contests, now):
    return [(contest, contest.state_at(now)) for contest in contests]
