"""A rehearsal: by the contest's rules, seen by nobody else, deleted without trace."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import DatabaseError, transaction
from django.urls import reverse

from audit.models import Event
from contest import course, panel, rulebook
from contest.answers import (
    CHOOSING,
    COUNTING,
    FILE,
    KINDS,
    is_empty,
    read_answer,
    with_defaults,
)
from contest.cloning import Wishes, clone
from contest.models import Act, Contest, Juror, RulebookVersion
from contest.phases import ActKind, Phase
from contest.register_files import request_import
from core import clock
from core.errors import Conflict, NotYours
from core.policy import allows
from exports import rehearsing
from exports.models import Export
from exports.rehearsed import answer_to
from exports.services import request_export
from mail.models import Message
from organisations.models import Organisation, Representative
from scoring.models import Sheet
from submissions.assigning import assign_everything
from submissions.eligibility import decide_eligibility
from submissions.models import Attachment, Submission
from submissions.services import create_submission
from tests.api import Person
from tests.contest.siblings import SIBLINGS, described
from tests.factories import (
    AuditorFactory,
    ContestFactory,
    CoordinatorFactory,
    OrganiserMemberFactory,
    RepresentativeFactory,
    SeriesFactory,
    SheetFactory,
    SpecialAwardFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    """A contest that has scores and a result of its own."""
    contest = ContestFactory(phase="published")
    SheetFactory(assignment__submission__contest=contest, sent=True)
    return contest


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


@pytest.fixture
def rehearsal(contest, coordinator):
    return rehearsing.rehearse(contest=contest, by=coordinator)


def everything():
    """Every row of every table but the audit trail, by its key."""
    return {
        model._meta.label: set(model._base_manager.values_list("pk", flat=True))
        for model in apps.get_models()
        if model is not Event
    }


def whole(contest):
    return Contest.objects.with_course().get(pk=contest.pk)


def play(rehearsal, by):
    """Run it to its publication, as its coordinator does on pages."""
    ends = clock.now() + timedelta(minutes=1)
    course.move_deadline(contest=rehearsal, until=ends, reason="Gana", by=by)
    with time_machine.travel(ends + timedelta(seconds=1)):
        for entry in rehearsal.submissions.filter(state="submitted"):
            checks = dict.fromkeys(rehearsal_rules(rehearsal), True)
            decide_eligibility(
                submission=entry, eligible=True, checks=checks, reason="", by=by
            )
        assign_everything(contest=whole(rehearsal), by=by)
        act(rehearsal, ActKind.OPEN_JUDGING, by)
        sent = rehearsing.let_jurors_score(contest=whole(rehearsal), by=by)
        act(rehearsal, ActKind.CLOSE_JUDGING, by)
        act(rehearsal, ActKind.PUBLISH, by)
    return sent


def rehearsal_rules(rehearsal):
    return [each["code"] for each in rehearsal.rules_in_force.document["eligibility"]]


def act(contest, kind, by):
    course.record_act(
        contest=whole(contest), kind=kind, reason="Repeticija", by=by, confirmed=True
    )


# --- Made ----------------------------------------------------------------------------


def test_it_is_open_by_the_rules_in_force_with_entries_and_a_jury(contest, rehearsal):
    rules = contest.rules_in_force.document

    assert rehearsal.state_at(clock.now()).phase == Phase.OPEN
    assert rehearsal.rules_in_force.document["criteria"] == rules["criteria"]
    assert rehearsal.series != contest.series
    states = rehearsal.submissions.values_list("state", flat=True)
    assert sorted(states) == ["draft"] * rehearsing.DRAFTS + ["submitted"] * 8
    assert rehearsal.jurors.filter(role="chair").count() == 1
    assert rehearsal.sample_note["lt"].startswith("Repeticija")
    generated = Organisation.generated.filter(rehearsed_in=rehearsal.pk)
    assert generated.count() == rehearsing.SENT + rehearsing.DRAFTS
    assert not Organisation.objects.filter(pk__in=generated).exists()
    assert rehearsal.submissions.first().organisation in generated


def test_a_contest_is_rehearsed_where_places_are_written_freely(contest, coordinator):
    organiser = contest.series.organiser
    organiser.country = "PL"
    organiser.save()

    made = rehearsing.rehearse(contest=contest, by=coordinator)

    organisation = made.submissions.first().organisation
    assert (organisation.country, organisation.municipality[:2]) == ("PL", "PL")


QUICK = ("poland",)


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if n in QUICK else pytest.mark.slow) for n in SIBLINGS],
)
def test_generated_entries_fill_the_form_of_any_contest(name):
    member = OrganiserMemberFactory()
    person = Person(member.person)
    person.series = SeriesFactory(organiser=member.organiser).slug
    described(person, SIBLINGS[name]())

    made = rehearsing.rehearse(
        contest=Contest.objects.get(slug="sibling"), by=member.person
    )

    sent = made.submissions.filter(state="submitted").count()
    places = 5 if name == "aasta_kula" else rehearsing.SENT  # one a county
    assert sent == places


def test_generated_entries_answer_with_files_where_the_rules_ask_for_them():
    question = {"code": "plan", "kind": "file", "title": {"lt": "Planas"}}
    document = rulebook.template("lkbs") | {
        "questions": [{**question, "required": True}]
    }
    contest = ContestFactory(phase="open", document=document)

    made = rehearsing.rehearse(
        contest=contest, by=CoordinatorFactory(contest=contest).person
    )

    sent = made.submissions.filter(state="submitted")
    answered = Attachment.objects.entered().filter(question="plan", submission__in=sent)
    assert (sent.count(), answered.count()) == (rehearsing.SENT, rehearsing.SENT)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != FILE])
def test_a_generated_answer_is_one_that_its_question_takes(kind):
    limits = {"minimum": "2020-01-01"} if kind == "date" else {"minimum": "7"}
    question = with_defaults(
        {
            "code": "q",
            "kind": kind,
            "choices": [{"code": "a"}, {"code": "b"}] if kind in CHOOSING else [],
            **(limits if kind in COUNTING else {}),
        }
    )

    for number in (1, 2):
        answer = answer_to(question, number)
        assert not is_empty(answer)
        read_answer(question, answer)


@pytest.mark.slow
def test_a_contest_has_one_at_a_time(contest, coordinator, rehearsal):
    for of in (contest, rehearsal):
        with pytest.raises(Conflict):
            rehearsing.rehearse(contest=of, by=coordinator)
    rehearsing.delete_rehearsal(contest=rehearsal, by=coordinator)
    rehearsing.rehearse(contest=contest, by=coordinator)


# --- Nobody else's -------------------------------------------------------------------


def test_generated_jurors_score_and_every_letter_goes_to_who_rehearses(
    coordinator, rehearsal
):
    sent = play(rehearsal, coordinator)

    sheets = Sheet.objects.filter(assignment__submission__contest=rehearsal)
    assert sent == sheets.filter(state="sent").count() == 8 * rehearsal.jurors.count()
    letters = Message.objects.filter(contest_id=rehearsal.pk)
    assert letters.count() > rehearsing.SENT
    assert set(letters.values_list("to", flat=True)) == {coordinator.email}
    assert not Message.objects.filter(to__endswith=".invalid").exists()


def test_to_strangers_it_is_not_there(coordinator, rehearsal):
    play(rehearsal, coordinator)

    assert_unseen(rehearsal, by=None)
    assert_unseen(rehearsal, by=UserFactory())
    assert_unseen(rehearsal, by=UserFactory(is_administrator=True))
    assert_unseen(rehearsal, by=RepresentativeFactory().person)
    assert_unseen(rehearsal, by=CoordinatorFactory().person)


def test_a_stranger_cannot_enter_it_and_its_own_organisations_can(rehearsal):
    link = RepresentativeFactory()
    own = Representative.objects.get(
        organisation=rehearsal.submissions.first().organisation
    )

    def enter(by):
        create_submission(
            contest=rehearsal, organisation=by.organisation, by=by.person, title="x"
        )

    enter(own)
    with pytest.raises(NotYours):
        enter(link)


def assert_unseen(rehearsal, *, by):
    browser, client = browser_of(by), Person(by)

    pages = [
        reverse(name, args=[rehearsal.slug])
        for name in ("gallery:contest", "gallery:results")
    ]
    assert [browser.get(page).status_code for page in pages] == [404, 404]
    for page in (reverse("gallery:home"), "/desk/", "/api/v1/contests/"):
        assert rehearsal.slug not in browser.get(page, follow=True).content.decode()
    for path in ("", "rulebook/", "timetable/", "result/"):
        answer = client.get(f"contests/{rehearsal.slug}/{path}")
        assert answer.status_code in {401, 404}, path
    for path in ("contests/", "series/", "organisations/?search=Sugeneruota"):
        shown = client.get(path).content.decode()
        assert rehearsal.slug not in shown
        assert "Sugeneruota bendruomenė" not in shown


@pytest.mark.slow
def test_who_runs_the_contest_sees_it(contest, coordinator, rehearsal):
    organiser = OrganiserMemberFactory(organiser=contest.series.organiser).person

    for person in (coordinator, organiser):
        page = browser_of(person).get(reverse("gallery:contest", args=[rehearsal.slug]))
        assert page.status_code == 200
        assert 'class="rehearsal"' in page.content.decode()


@pytest.mark.slow
def test_what_reaches_beyond_it_is_refused(coordinator, rehearsal, tmp_path):
    OrganiserMemberFactory(organiser=rehearsal.series.organiser, person=coordinator)
    wishes = Wishes(
        slug="x", edition="x", take=["rulebook", "texts"], years=1, dates={}
    )

    with (
        (tmp_path / "register.csv").open("wb+") as file,
        pytest.raises(Conflict, match="repeticija"),
    ):
        request_import(
            contest=rehearsal, file=file, name="register.csv", by=coordinator
        )
    with pytest.raises(Conflict, match="repeticija"):
        clone(contest=whole(rehearsal), wishes=wishes, by=coordinator)


# --- Played and deleted --------------------------------------------------------------


@pytest.mark.thread
def test_deleted_it_leaves_nothing_but_the_record_and_history_is_guarded_again(
    contest, coordinator
):
    auditor = UserFactory()
    before = everything()
    made = rehearsing.rehearse(contest=contest, by=coordinator)
    play(made, coordinator)
    export = request_export(contest=whole(made), language="lt", by=coordinator)
    export.job.state = "failed"
    export.job.error = "x"
    export.job.save()
    AuditorFactory(contest=made, person=auditor)
    given_to = made.submissions.sent().first()
    SpecialAwardFactory(contest=made, submission=given_to, by_id=coordinator.pk)

    rehearsing.delete_rehearsal(contest=made, by=coordinator)

    assert everything() == before
    last = Event.objects.filter(contest_id=contest.pk).latest("at")
    assert (last.action, last.subject_label) == (
        "contest.delete_rehearsal",
        made.slug,
    )
    assert Event.objects.filter(contest_id=made.pk).exists()
    for rows in (Act.objects.filter(contest=contest), RulebookVersion.objects.all()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_a_contest_itself_is_never_deleted(contest, coordinator):
    with pytest.raises(Conflict):
        rehearsing.delete_rehearsal(contest=contest, by=coordinator)
    with pytest.raises(NotYours):
        rehearsing.delete_rehearsal(contest=contest, by=UserFactory())

    assert Contest.objects.filter(pk=contest.pk).exists()


def test_what_is_being_made_stops_the_deletion(coordinator, rehearsal):
    request_export(
        contest=whole(rehearsal),
        language="lt",
        kind=Export.Kind.ENTRIES,
        by=coordinator,
    )

    with pytest.raises(Conflict, match="failas"):
        rehearsing.delete_rehearsal(contest=rehearsal, by=coordinator)


@pytest.mark.slow
def test_an_account_that_was_taken_along_elsewhere_stays(coordinator, rehearsal):
    other = ContestFactory(phase="open")
    runs = CoordinatorFactory(contest=other).person
    taken = rehearsal.jurors.first().person
    assert panel.invite_again(juror=rehearsal.jurors.first(), by=coordinator)[1].code
    panel.invite_juror(
        contest=other, email=taken.email, name="", role=Juror.Role.MEMBER, by=runs
    )

    rehearsing.delete_rehearsal(contest=rehearsal, by=coordinator)

    assert other.jurors.get().person == taken


# --- On pages ------------------------------------------------------------------------


def test_it_is_made_played_and_deleted_on_pages(contest, coordinator):
    browser = browser_of(coordinator)
    where = reverse("exports:rehearsal", args=[contest.slug])
    edition = browser.get(reverse("contest:edition", args=[contest.slug]))
    assert f'href="{where}"' in edition.content.decode()
    browser.get(where)
    assert not Contest.objects.filter(is_rehearsal=True).exists()

    made = browser.post(where, follow=True, headers={"accept-language": "lt"})
    rehearsal = Contest.objects.get(is_rehearsal=True)
    page = browser.get(
        reverse("exports:rehearsal", args=[rehearsal.slug]),
        headers={"accept-language": "lt"},
    ).content.decode()
    early = browser.post(reverse("exports:rehearsal-score", args=[rehearsal.slug]))
    ended = browser.post(reverse("exports:rehearsal-delete", args=[rehearsal.slug]))

    assert "<strong>Repeticija.</strong>" in made.content.decode()
    assert coordinator.email in page
    assert early.status_code == 403
    assert ended["Location"] == reverse("scoring:dashboard", args=[contest.slug])
    assert not Contest.objects.filter(is_rehearsal=True).exists()
    assert allows(coordinator, "contest.rehearse", whole(contest))
    assert not Submission.objects.filter(contest=rehearsal.pk).exists()


@pytest.mark.slow
def test_a_rehearsal_page_leads_to_the_one_under_way(contest, coordinator, rehearsal):
    page = browser_of(coordinator).get(
        reverse("exports:rehearsal", args=[contest.slug])
    )

    content = page.content.decode()
    assert reverse("scoring:dashboard", args=[rehearsal.slug]) in content
    assert 'class="rehearsal"' not in content
