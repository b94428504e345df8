"""One click signs in as a person of a demonstration, and only there."""

import importlib

import pytest
from django.test import Client
from django.urls import NoReverseMatch, clear_url_caches, reverse

import accounts.pages.urls
import config.urls
from accounts.samples import write_samples
from tests.config.test_production import COMPLETE, start
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [UserFactory() for _ in range(2)]


@pytest.fixture
def file(settings, tmp_path):
    """The settings of this machine, before a demonstration has run."""
    settings.SAMPLE_PEOPLE_FILE = tmp_path / "sample_people.json"
    read_urls()
    yield settings.SAMPLE_PEOPLE_FILE
    settings.SAMPLE_PEOPLE_FILE = None
    read_urls()


def read_urls():
    importlib.reload(accounts.pages.urls)
    importlib.reload(config.urls)
    clear_url_caches()


def play(file, people):
    roles = ["coordinator", "juror"]
    write_samples(file, [(r, p.email) for r, p in zip(roles, people, strict=True)])


def click(browser, person):
    return browser.post("/sign-in/sample/", {"person": str(person.pk)})


def test_one_click_signs_in(file, people):
    play(file, people)
    browser = Client()
    home = browser.get("/").content.decode()

    answer = click(browser, people[1])

    assert all(f'value="{person.pk}"' in home for person in people)
    assert answer["Location"] == "/desk/"
    assert people[1].email in browser.get("/account/").content.decode()


def test_nobody_else_is_signed_in_so(file, people):
    play(file, people)

    assert click(Client(), UserFactory()).status_code == 404
    assert Client().get("/sign-in/sample/").status_code == 405


def test_before_a_demonstration_there_is_nobody(file, people):
    assert not file.exists()
    assert click(Client(), people[0]).status_code == 404
    assert "/sign-in/sample/" not in Client().get("/").content.decode()


def test_elsewhere_there_is_no_such_address(people):
    with pytest.raises(NoReverseMatch):
        reverse("accounts:sample-sign-in")
    assert click(Client(), people[0]).status_code == 404
    assert "/sign-in/sample/" not in Client().get("/").content.decode()


def test_production_names_no_file_whatever_lies_in_its_folder(tmp_path):
    write_samples(tmp_path / "sample_people.json", [("juror", "ona@example.org")])
    asked = "from django.conf import settings; print(settings.SAMPLE_PEOPLE_FILE)"

    started = start(
        COMPLETE | {"SUMANI_DATA_DIR": str(tmp_path)}, "shell", "-v0", "-c", asked
    )

    assert started.stdout.strip() == "None"
