"""The journey of a village organisation, on a phone, with and without JavaScript."""

import pytest

from contest import rulebook
from organisations.models import Organisation
from submissions.models import Submission
from tests.browser.entering import WORDS, enter, sign_in
from tests.browser.looking import overflow
from tests.factories import (
    ContestFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.policy.world import QUESTION

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

    enter(
        page, words, organisation="zasinu", title="Šviesos kiemas", has_questions=True
    )

    sent = Submission.objects.get()
    assert sent.state == "submitted"
    assert sent.organisation == Organisation.objects.get()
    assert page.get_by_text(sent.current_version.sha256).is_visible()
    assert overflow(page) <= 0
