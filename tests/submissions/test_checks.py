"""What looks unusual in an entry depends on the country that it comes from."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from contest import rulebook
from submissions import checks
from tests.factories import ContestFactory, OrganisationFactory, SubmissionFactory

pytestmark = pytest.mark.django_db

UNUSUAL = {
    "measure": "Bet kas",
    "project_number": "1",
    "finished_on": "2025-06-30",
    "with_vat": True,
    "total": Decimal(100),
    "grant_awarded": Decimal(100),
    "share_eu": Decimal(60),
    "share_state": Decimal(40),
}
NO_CHANCE = (
    "No nomination is chosen. Only entries in a nomination are awarded, so choose one."
)
SHARES = "Of a LEADER grant the EU gives 85 and the state 15 per cent; here it is"


def warnings_of(**home):
    entry = SubmissionFactory(organisation=OrganisationFactory(**home), **UNUSUAL)
    entry.refresh_from_db()
    with override("en"):
        return checks.warnings(entry)


def test_lithuania_knows_how_measures_numbers_and_grants_usually_are():
    assert warnings_of() == [
        "The measure “Bet kas” is not written as LEADER-19.2-….",
        "The project number “1” has an unusual form.",
        "The grant 100.00 is more than 95 per cent of the total 100.00.",
        f"{SHARES} 60.00 and 40.00.",
    ]


def test_of_a_country_that_says_nothing_of_it_nothing_is_unusual():
    assert warnings_of(country="PL", municipality="Marcinów") == []


@pytest.mark.parametrize(
    ("entries", "chosen", "is_told"),
    [
        ("chosen", [], True),
        ("chosen", ["best"], False),
        ("all", [], False),  # somewhere it is awarded all the same
    ],
)
def test_who_can_win_nothing_without_a_nomination_is_told(entries, chosen, is_told):
    document = rulebook.template("lkbs") | {"places": None}
    best, other = document["nominations"][:2]
    document["nominations"] = [
        best | {"entries": "chosen", "places": 3},
        other | {"entries": entries, "places": 1},
    ]
    contest = ContestFactory(phase="open", document=document)
    entry = SubmissionFactory(contest=contest, nominations=chosen)

    with override("en"):
        told = [told for told in checks.warnings(entry) if "nomination" in told]

    assert told == ([NO_CHANCE] if is_told else [])
