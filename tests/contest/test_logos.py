"""Logos: uploaded, kept as we encoded them, served as nothing but pictures."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from contest import logos
from contest.models import Picture
from core.errors import Conflict, NotYours, Stale
from tests.api import Person
from tests.factories import (
    ContestFactory,
    ContestLogoFactory,
    CoordinatorFactory,
    OrganiserMemberFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def picture(colour="red", encoding="PNG", size=(40, 20)):
    kept = BytesIO()
    Image.new("RGB", size, colour).save(kept, encoding)
    return kept.getvalue()


def form(content, name="logo.png"):
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def runs():
    """Who runs an announced contest, and where its logos are."""
    coordinator = CoordinatorFactory(contest__phase="announced")
    person = Person(coordinator.person)
    person.logos = f"contests/{coordinator.contest.slug}/logos/"
    person.contest = coordinator.contest
    return person


def add(person, content):
    return person.post(person.logos, form(content), format="multipart")


def test_logos_stand_in_the_order_in_which_they_were_added(runs):
    for colour in ("red", "green", "blue"):
        assert add(runs, picture(colour)).status_code == 201

    shown = Person().get(f"contests/{runs.contest.slug}/").json()["logos"]

    assert [logo["position"] for logo in shown] == [1, 2, 3]


def test_a_logo_is_served_as_nothing_but_a_picture(runs):
    logo = add(runs, picture()).json()

    answer = Person().get(logo["file"].removeprefix("/api/v1/"))

    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Image.open(BytesIO(answer.content)).size == (40, 20)


def test_a_browser_that_asks_for_pictures_only_is_answered(runs):
    logo = add(runs, picture()).json()

    answer = Person().get(
        logo["file"].removeprefix("/api/v1/"), headers={"accept": "image/png"}
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        pytest.param(b"<svg/>", 400, "not_a_picture", id="svg"),
        pytest.param(picture("red", "GIF"), 400, "not_a_picture", id="gif"),
        pytest.param(picture()[:-20], 400, "not_a_picture", id="cut"),
        pytest.param(b"", 400, "empty", id="empty"),
        pytest.param(
            picture(size=(3000, 2000)), 400, "too_many_pixels", id="many-pixels"
        ),
        pytest.param(b"\0" * (1024 * 1024 + 1), 413, "invalid", id="many-bytes"),
        pytest.param(b"\0" * (3 * 1024 * 1024), 413, "invalid", id="not-even-read"),
    ],
)
def test_what_is_no_logo_is_refused_in_words(runs, content, status, code):
    answer = add(runs, content)

    assert answer.status_code == status
    assert [error["code"] for error in answer.json()["errors"]] == [code]
    assert Picture.objects.count() == 0


def test_the_name_of_a_file_is_nothing_to_us(runs):
    answer = runs.post(
        runs.logos, form(picture(), "../../x.svg\r\nX: y"), format="multipart"
    )

    assert answer.status_code == 201
    assert "svg" not in answer.content.decode()


def test_a_body_without_a_file_names_the_field(runs):
    answers = [
        runs.post(runs.logos, {}, format="multipart"),
        runs.post(runs.logos, {"file": "aGVsbG8="}),
        runs.post(runs.logos, "x", content_type="multipart/form-data; boundary=y"),
    ]

    assert {answer.status_code for answer in answers} == {400}


def test_the_same_picture_is_added_once(runs):
    first, second = add(runs, picture()), add(runs, picture())

    assert second.json() == first.json()
    assert runs.contest.logos.count() == 1


def test_an_edition_shows_twenty_logos_at_most(runs):
    ContestLogoFactory.create_batch(logos.MAX_LOGOS, contest=runs.contest)

    with pytest.raises(Conflict):
        logos.add_logo(contest=runs.contest, content=picture(), by=runs.user)


def test_words_and_place_of_a_logo_are_changed_over_its_version(runs):
    logo = add(runs, picture()).json()
    where = f"{runs.logos}{logo['id']}/"
    change = {"alt": {"lt": "Rėmėjas"}, "position": 7}

    unsaid = runs.patch(where, change)
    changed = runs.patch(where, change, headers={"if-match": '"v1"'})

    assert (unsaid.status_code, changed.status_code) == (428, 200)
    assert (changed.json()["alt"], changed.json()["position"]) == (
        change["alt"],
        change["position"],
    )
    with pytest.raises(Stale):
        logos.change_logo(
            logo=runs.contest.logos.get(), expected_version=1, by=runs.user, position=9
        )


def test_a_removed_logo_takes_its_picture_along_unless_another_shows_it(runs):
    shared = ContestLogoFactory(contest=runs.contest)
    elsewhere = ContestLogoFactory(
        contest=ContestFactory(phase="archived"), picture=shared.picture
    )
    own = ContestLogoFactory(contest=runs.contest)

    for logo in (shared, own):
        assert runs.delete(f"{runs.logos}{logo.pk}/").status_code == 204

    assert list(Picture.objects.all()) == [elsewhere.picture]


def test_a_logo_of_another_contest_is_not_reached_by_way_of_the_own(runs):
    foreign = ContestLogoFactory(contest=ContestFactory(phase="set-up"))

    answers = [
        runs.get(f"{runs.logos}{foreign.pk}/file/"),
        runs.patch(f"{runs.logos}{foreign.pk}/", {"position": 3, "version": 1}),
        runs.delete(f"{runs.logos}{foreign.pk}/"),
    ]

    assert {answer.status_code for answer in answers} == {404}


# --- The organiser's face ------------------------------------------------------------


@pytest.fixture
def member():
    member = OrganiserMemberFactory()
    person = Person(member.person)
    person.where = f"organisers/{member.organiser.slug}/"
    person.organiser = member.organiser
    return person


def test_organiser_gets_another_logo_and_loses_it(member):
    where = f"{member.where}logo/"
    before = member.get(where).status_code
    for colour in ("red", "green"):
        member.put(where, form(picture(colour)), format="multipart")
    shown, kept = Person().get(where), Picture.objects.count()
    gone = [member.delete(where).status_code, member.get(where).status_code]

    assert (before, shown.status_code, kept, gone) == (404, 200, 1, [204, 404])


def test_contest_names_the_organiser_with_telephone_and_logo(member):
    member.put(f"{member.where}logo/", form(picture()), format="multipart")
    changed = member.patch(
        member.where, {"phone": "+370 600 00000"}, headers={"if-match": '"v1"'}
    )
    contest = ContestFactory(phase="open", series__organiser=member.organiser)

    shown = Person().get(f"contests/{contest.slug}/").json()["organiser"]

    assert changed.status_code == 200
    assert shown["phone"] == "+370 600 00000"
    assert shown["logo"] == f"/api/v1/{member.where}logo/"


def test_change_of_an_organiser_over_a_newer_version_is_refused(member):
    sent = {"phone": "+370", "version": 1}

    answers = [member.patch(member.where, sent).status_code for _ in range(2)]

    assert answers == [200, 412]


def test_stranger_changes_no_organiser(member):
    with pytest.raises(NotYours):
        logos.set_organiser_logo(
            organiser=member.organiser, content=picture(), by=UserFactory()
        )
