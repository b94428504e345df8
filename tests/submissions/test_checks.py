"""What looks unusual in an entry depends on the country that it comes from."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from submissions import checks
from tests.factories import OrganisationFactory, SubmissionFactory

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
