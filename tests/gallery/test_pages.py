"""What the public reads: contests, rules, who won; and what it never reads."""

import gzip
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from config.demo.seeding import Size, seed_contest
from contest.course import record_act
from contest.models import Contest
from contest.phases import ActKind
from core import clock
from scoring.citing import write_citation
from submissions.models import Attachment, Submission
from tests.api import Person
from tests.factories import (
    AttachmentFactory,
    ContestFactory,
    ContestLogoFactory,
    RepresentativeFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
FIRST_VIEW = 14 * 1024  # bytes, compressed: one round trip more and a phone waits
STYLES = 6 * 1024


def published(entries=20):
    contest = seed_contest(
        slug="won", size=Size(entries=entries, jurors=3, criteria=3, share=1.0), seed=3
    ).contest
    by = contest.coordinators.get().person
    first = Submission.objects.get(contest=contest, reference__endswith="-001")
    write_citation(
        contest=contest,
        nomination="best",
        submission=first,
        text="Už drąsą.",
        expected_version=0,
        by=by,
    )
    record_act(contest=contest, kind=ActKind.PUBLISH, reason="Taip nutarta.", by=by)
    return contest


@pytest.fixture
def contest():
    return published()


def page(client, where, language="lt"):
    response = client.get(where, headers={"Accept-Language": language})
    assert response.status_code == 200
    return response.content.decode()


def test_a_contest_shows_its_rules(client):
    contest = ContestFactory(phase="open")

    text = page(client, f"/contests/{contest.slug}/")

    for words in ("Inovatyvumas", "Sėkmė", "Socialinė atsakomybė", "UTC+"):
        assert words in text


@pytest.mark.parametrize("phase", ["set-up", "judging", "deliberation"])
def test_results_are_not_there_before_they_are_published(client, phase):
    contest = ContestFactory(phase=phase)

    assert client.get(f"/contests/{contest.slug}/results/").status_code == 404


def test_results_name_the_places_of_the_rules_and_nobody_else(client, contest):
    text = page(client, f"/contests/{contest.slug}/results/")

    winners = {
        award.organisation.name
        for award in contest.awards.select_related("organisation")
    }
    others = set(
        Submission.objects.filter(contest=contest)
        .exclude(organisation__name__in=winners)
        .values_list("organisation__name", flat=True)
    )
    assert winners
    assert others
    assert [name for name in winners if name not in text] == []
    assert [name for name in others if re.search(rf"{name}\b", text)] == []
    assert re.search(r"Nominacijos balas: \d+,\d\d", text)


def test_the_jury_is_named_where_the_rules_say_so(client, contest):
    where = f"/contests/{contest.slug}/results/"
    name = contest.jurors.first().person.name

    unnamed = page(client, where)
    version = contest.rulebook
    version.pk, version.number = uuid4(), version.number + 1
    version.document = version.document | {
        "visibility": {"juror_names": "published", "deliberation": False}
    }
    version.save(force_insert=True)
    Contest.objects.filter(pk=contest.pk).update(rulebook=version)

    assert name not in unnamed
    assert name in page(client, where)


@pytest.fixture
def winner(contest):
    """An awarded entry that was sent without the consent to publish it; its photo."""
    awarded = contest.awards.first().organisation
    entry = Submission.objects.get(contest=contest, organisation=awarded)
    return AttachmentFactory(submission=entry, caption="Atidarymas", author="J. J.")


def shown_of(client, contest, photo):
    """What the public gets of an entry: its text, its photo's name, the bytes."""
    where = f"/contests/{contest.slug}/results/"
    text = page(client, where)
    fetched = client.get(f"{where}photos/{photo.pk}/")
    is_jpeg = fetched.status_code == 200 and fetched.getvalue()[:2] == b"\xff\xd8"
    return photo.submission.summary[:30] in text, str(photo.pk) in text, is_jpeg


def test_the_newest_consent_decides_what_is_public(client, contest, winner):
    owner = RepresentativeFactory(organisation=winner.submission.organisation).person
    signed = {"signed_by": "Ona Onaitė", "signed_role": "pirmininkė"}
    at_interface = f"submissions/{winner.submission_id}/consents/"
    on_page = f"/entries/{winner.submission_id}/consent/"
    seen = [shown_of(client, contest, winner)]

    Person(owner).post(at_interface, {"publication": True, **signed})
    seen.append(shown_of(client, contest, winner))
    browser_of(owner).post(on_page, signed)
    seen.append(shown_of(client, contest, winner))
    browser_of(owner).post(on_page, {"publication": "on", **signed})
    seen.append(shown_of(client, contest, winner))
    Person(owner).post(at_interface, {"publication": False, **signed})
    seen.append(shown_of(client, contest, winner))

    nothing, everything = (False,) * 3, (True,) * 3
    assert seen == [nothing, everything, nothing, everything, nothing]


def test_a_photo_declared_after_it_was_sent_is_shown_at_once(client, contest):
    Submission.objects.update(publication_allowed=True)
    awarded = contest.awards.first().organisation
    entry = Submission.objects.get(contest=contest, organisation=awarded)
    photo = AttachmentFactory(submission=entry, people_shown=None)
    owner = RepresentativeFactory(organisation=awarded).person
    said = {"people_shown": False, "signed_by": "Ona", "signed_role": "pirmininkė"}
    before = shown_of(client, contest, photo)

    Person(owner).post(f"attachments/{photo.pk}/declare/", said)

    assert before == (True, False, False)
    assert shown_of(client, contest, photo) == (True, True, True)


def test_a_photo_is_asked_about_at_every_showing(client, contest, winner):
    Submission.objects.update(publication_allowed=True)
    where = f"/contests/{contest.slug}/results/photos/{winner.pk}/"
    first = client.get(where)
    first.getvalue()
    known = {"If-None-Match": first["ETag"]}

    again = client.get(where, headers=known)
    Attachment.objects.filter(pk=winner.pk).update(people_shown=True, consent=False)
    withdrawn = client.get(where, headers=known)

    assert (first.status_code, again.status_code) == (200, 304)
    assert "no-cache" in first["Cache-Control"]
    assert withdrawn.status_code == 404


def test_results_give_praise_credit_and_thanks(client, contest, winner):
    Submission.objects.update(publication_allowed=True)
    Contest.objects.update(funder_line={"lt": "Finansuoja Europos Sąjunga."})
    logo = ContestLogoFactory(contest=contest, alt={"lt": "Europos Sąjungos vėliava"})

    text = page(client, f"/contests/{contest.slug}/results/")

    assert "<blockquote" in text
    assert "Už drąsą." in text
    assert "Nuotr. aut. J. J." in text
    assert "Finansuoja Europos Sąjunga." in text
    assert "Europos Sąjungos vėliava" in text
    # Their places are kept free: nothing jumps when they arrive.
    pictures = re.findall(r"<img [^>]*>", text)
    sizes = [re.search(r'width="([1-9]\d*)" height="([1-9]\d*)"', p) for p in pictures]
    assert len(pictures) == text.count(str(winner.pk)) + text.count(str(logo.pk))
    assert all(sizes), pictures


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_pages_ask_as_much_for_many_contests_as_for_one(
    count, client, django_assert_num_queries
):
    contests = ContestFactory.create_batch(count, phase="open")
    for contest in contests:
        ContestLogoFactory.create_batch(count, contest=contest)
    page(client, "/")

    with django_assert_num_queries(3):
        page(client, "/")
    with django_assert_num_queries(3):
        page(client, f"/contests/{contests[0].slug}/")


def test_queries_of_the_results_do_not_grow(client, django_assert_max_num_queries):
    contest = published(entries=3)
    page(client, f"/contests/{contest.slug}/results/")

    with django_assert_max_num_queries(11):
        page(client, f"/contests/{contest.slug}/results/")


@pytest.mark.parametrize("language", ["lt", "en"])
def test_public_pages_fit_a_phone_on_a_slow_line(client, contest, language):
    styles = client.get("/static/css/sumani.css", headers={"Accept-Encoding": "gzip"})
    sheet = len(gzip.compress(b"".join(styles), 6)) if styles.streaming else 0

    weights = {}
    for where in (
        "/",
        f"/contests/{contest.slug}/",
        f"/contests/{contest.slug}/results/",
    ):
        answer = client.get(
            where,
            headers={"Accept-Encoding": "gzip", "Accept-Language": language},
        )
        assert answer["Content-Encoding"] == "gzip"
        weights[where] = len(answer.content) + sheet
        text = gzip.decompress(answer.content).decode()
        assert len(re.findall(r'<link [^>]*href="/static', text)) <= 2
        assert "<script" not in text

    assert 0 < sheet <= STYLES
    assert {w: n for w, n in weights.items() if n > FIRST_VIEW} == {}


@pytest.mark.parametrize("language", ["lt", "en"])
def test_every_public_page_says_what_it_is_for(client, contest, language):
    said = {}
    for path in ("", f"contests/{contest.slug}/", f"contests/{contest.slug}/results/"):
        found = re.search(
            r'<meta name="description" content="([^"]+)">',
            page(client, f"/{path}", language),
        )
        said[path] = found[1]

    assert len(set(said.values())) == 3
    assert all(20 < len(words) <= 160 for words in said.values()), said


def test_contests_that_take_entries_stand_first(client):
    phases = ["archived", "judging", "published", "announced", "open"]
    shown = {phase: ContestFactory(phase=phase).slug for phase in phases}
    later = clock.now() + timedelta(days=90)
    shown["open later"] = ContestFactory(phase="open", closes_at=later).slug

    text = page(client, "/")

    order = sorted(shown, key=lambda phase: text.index(f"/contests/{shown[phase]}/"))
    wanted = ["open", "open later", "announced", "judging", "published", "archived"]
    assert order == wanted


def test_the_file_for_checking_is_downloaded_by_a_name(client, contest):
    text = page(client, f"/contests/{contest.slug}/results/")
    (way,) = re.findall(r'<a href="([^"]+)" download>', text)

    answer = client.get(way)

    name = f'attachment; filename="{contest.slug}-result.json"'
    assert answer["Content-Disposition"] == name
    assert answer.json()["document"]["ranking"]
    assert "verify_result" in text
