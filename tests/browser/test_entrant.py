"""The journey of a village organisation, on a phone, with and without JavaScript."""

import re

import pytest
from django.core import mail

from contest import rulebook
from mail.runner import send_due
from organisations.models import Organisation
from submissions.models import Submission
from tests.browser.looking import overflow
from tests.factories import (
    ContestFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.policy.world import QUESTION

WORDS = {
    "lt": {
        "address": "Jūsų el. pašto adresas",
        "send code": "Siųsti kodą",
        "code": "Kodas",
        "sign in": "Prisijungti",
        "begin": "Pradėti paraišką",
        "claim": "Prašyti ir tęsti",
        "go on": "Įrašyti ir tęsti",
        "send": "Pateikti paraišką",
    },
    "en": {
        "address": "Your e-mail address",
        "send code": "Send me a code",
        "code": "Code",
        "sign in": "Sign in",
        "begin": "Begin the entry",
        "claim": "Ask and go on",
        "go on": "Save and continue",
        "send": "Send the entry",
    },
}
QUESTIONS = [
    QUESTION | {"code": "volunteers", "kind": "yes_no", "title": {"lt": "Savanoriai?"}},
    QUESTION
    | {
        "code": "how_many",
        "kind": "whole_number",
        "title": {"lt": "Kiek savanorių?"},
        "when": {"question": "volunteers", "is": ["yes"]},
    },
]


@pytest.fixture
def contest():
    document = rulebook.template("lkbs") | {"questions": QUESTIONS}
    document["entry_form"] = document["entry_form"] | {"limits": {"summary": 600}}
    return ContestFactory(phase="open", document=document)


@pytest.fixture
def owner():
    return RepresentativeFactory()


@pytest.fixture
def entry(contest, owner):
    return SubmissionFactory(
        contest=contest, organisation=owner.organisation, state="draft"
    )


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def sign_in(page, words, email):
    page.get_by_label(words["address"]).fill(email)
    press(page, words["send code"])
    page.locator("#id_code").wait_for()
    send_due()
    code = re.search(r"\d{6}", mail.outbox[-1].subject).group()
    page.locator("#id_code").fill(code)
    press(page, words["sign in"])


def fill(page, part, **typed):
    page.wait_for_url(re.compile(f"/{part}/"))
    for field, text in typed.items():
        page.locator(f"#id_{field}").fill(text)


@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        ("lt", True),
        pytest.param("lt", False, marks=pytest.mark.slow),
        pytest.param("en", True, marks=pytest.mark.slow),
        pytest.param("en", False, marks=pytest.mark.slow),
    ],
)
def test_a_newcomer_enters_from_sign_in_to_receipt(
    language, javascript, visit, contest
):
    words = WORDS[language]
    OrganisationFactory(name="Žąsinų bendruomenė", name_search="zasinu bendruomene")
    page = visit(
        f"/contests/{contest.slug}/enter/", language=language, javascript=javascript
    )
    page.locator("main .button").click()
    sign_in(page, words, "ruta@example.org")

    page.locator("#q").fill("zasinu")
    page.get_by_role("search").get_by_role("button").click()
    page.locator(".card a").click()
    page.locator("#id_name").fill("Rūta Rūtaitė")
    page.locator("#id_role").fill("pirmininkė")
    press(page, words["claim"])
    press(page, words["begin"])

    page.locator(".tasks a").first.click()
    fill(page, "contact", contact_name="Rūta", contact_phone="+370 600 00001")
    press(page, words["go on"])
    fill(page, "project", title="Šviesos kiemas", summary="Kiemas visiems.")
    press(page, words["go on"])
    fill(page, "money", total="18 407,00", finished_on="2024-05-31")
    press(page, words["go on"])
    fill(
        page, "statements", innovation="Nauja", success="Pavyko",
        social_responsibility="Visiems",
    )  # fmt: skip
    press(page, words["go on"])
    page.wait_for_url(re.compile("/questions/"))
    press(page, words["go on"])
    page.wait_for_url(re.compile("/files/"))
    page.goto(page.url.replace("/files/", "/send/"))
    page.locator("#id_signed_by").fill("Rūta Rūtaitė")
    page.locator("#id_signed_role").fill("pirmininkė")
    page.locator("[id='id_consents.processing']").check()
    press(page, words["send"])

    page.wait_for_url(re.compile("/receipt/"))
    sent = Submission.objects.get()
    assert sent.state == "submitted"
    assert sent.organisation == Organisation.objects.get()
    assert page.get_by_text(sent.current_version.sha256).is_visible()
    assert overflow(page) <= 0
