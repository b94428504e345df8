"""The record as the coordinator reads it."""

import pytest

from submissions.services import create_submission
from tests.factories import ContestFactory, CoordinatorFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db


def test_a_draft_is_named_by_the_beginning_of_its_key(client):
    contest = ContestFactory(phase="open")
    owner = RepresentativeFactory()
    draft = create_submission(
        contest=contest,
        organisation=owner.organisation,
        by=owner.person,
        title="Slėpynės",
    )
    client.force_login(CoordinatorFactory(contest=contest).person)

    page = client.get(f"/contests/{contest.slug}/manage/audit/")

    text = page.content.decode()
    assert f"juodraštis, {str(draft.pk)[:8]}" in text
    assert str(draft.pk) not in text
    assert "Slėpynės" not in text
