"""Awards beside the places by hand: given, taken back, read by everybody."""

import pytest
from django.urls import reverse

from contest.course import record_act
from contest.rulebook import template
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import barriers, overflow
from tests.browser.test_coordinating import look
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    SpecialAwardFactory,
    SubmissionFactory,
)

_LONG = "Už drąsą pradėti, kai niekas netikėjo, ir už kantrybę nepasiduoti. " * 5
_AWARDS = [
    {"code": "commended", "title": {"lt": "Pagirtas", "en": "Highly commended"}},
    {
        "code": "sponsors",
        "title": {"lt": "Rėmėjo prizas", "en": "The sponsor's prize"},
        "description": {"lt": "Už šviesą kaime.", "en": "For light."},
        "sponsor": {"lt": "UAB „Šviesa“", "en": "Šviesa Ltd."},
    },
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "language"), [(PHONE, "en"), (DESK, "lt")], ids=["phone", "desk"]
)
def test_special_awards_are_given_and_read_without_a_barrier(visit, size, language):
    contest = ContestFactory(
        phase="deliberation", document=template("lkbs") | {"special_awards": _AWARDS}
    )
    person = CoordinatorFactory(contest=contest).person
    entry = SubmissionFactory(contest=contest)
    given = SpecialAwardFactory(contest=contest, submission=entry, citation=_LONG)
    SpecialAwardFactory(contest=contest, submission__state="ineligible")
    where = reverse("scoring:special-awards", args=[contest.slug])
    page = visit(where, person=person, size=size, language=language)

    page.select_option("[name=award]", "sponsors")
    page.fill("[name=reference]", entry.reference)
    page.fill("[name=citation]", "Už šviesą.")
    with page.expect_navigation():
        page.click(".actions button")
    assert sorted(entry.special_awards.values_list("award", flat=True)) == [
        *("commended", "sponsors"),
    ]

    found = []
    pages = {
        "given": where,
        "back": reverse(
            "scoring:special-award-take-back", args=[contest.slug, given.pk]
        ),
        "publication": reverse("scoring:publication", args=[contest.slug]),
        "results": reverse("gallery:results", args=[contest.slug]),
    }
    for name, there in pages.items():
        if name == "results":
            record_act(
                contest=contest, kind="publish", reason="x", by=person, confirmed=True
            )
        page.goto(there)
        look(page, f"special-{name}", size)
        found += barriers(page)
        assert overflow(page) <= 0, name
    assert found == []
    assert page.locator("blockquote").count() == 2
