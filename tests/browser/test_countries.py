"""An organisation of another country, and jurors in groups, in a real browser."""

import pytest

from contest import rulebook
from organisations.models import Organisation
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import barriers, overflow
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    UserFactory,
)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("size", "language"), [(PHONE, "lt"), (DESK, "en")])
def test_an_organisation_of_another_country_is_added_without_a_script(
    size, language, visit
):
    page = visit(
        "/organisations/add/?name=Sołectwo",
        person=UserFactory(),
        size=size,
        language=language,
        javascript=False,
    )
    page.locator("summary").click()
    page.locator("select#country").select_option("PL")
    page.locator("form.filters button").click()
    assert page.locator("#id_name").input_value() == "Sołectwo"
    page.locator("#id_municipality").fill("Marcinów")
    page.locator("#id_code").fill("KRS 0000012345")
    page.locator("form[method=post] button").last.click()

    added = Organisation.objects.get()
    assert (added.name, added.country) == ("Sołectwo", "PL")
    assert added.municipality_name == "Marcinów"


@pytest.mark.parametrize(("size", "language"), [(PHONE, "lt"), (DESK, "en")])
def test_the_choice_of_a_country_and_of_groups_bars_nobody(size, language, visit):
    document = rulebook.template("lkbs")
    document["nominations"][0]["panel"] = "ministry"
    contest = ContestFactory(phase="eligibility", document=document)
    coordinator = CoordinatorFactory(contest=contest).person
    seat = JurorFactory(contest=contest, groups=["ministry"])
    panel = f"/contests/{contest.slug}/manage/panel/"

    for path in ("/organisations/add/", panel, f"{panel}{seat.pk}/role/"):
        page = visit(path, person=coordinator, size=size, language=language)
        if page.locator("main summary").count():
            page.locator("main summary").first.click()

        assert barriers(page) == []
        assert overflow(page) <= 0
