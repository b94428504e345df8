"""What the factories promise to those who use them."""

import pytest

from contest.phases import Phase
from core import clock
from core.digests import json_digest
from scoring.selectors import result_of
from tests.factories import (
    ContestFactory,
    ExportFactory,
    SheetFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("phase", Phase)
def test_contest_is_in_the_phase_it_was_made_for(phase):
    contest = ContestFactory(phase=phase)

    assert contest.state_at(clock.now()).phase == phase


def test_submission_is_frozen_as_a_sending_freezes_it():
    entry = SubmissionFactory()

    content = entry.current_version.content
    assert entry.reference == "2026-001"
    assert entry.current_version.sha256 == json_digest(
        content.document, salt=content.salt
    )


def test_sent_sheets_are_ranked():
    sheet = SheetFactory(
        sent=True, values={"innovation": 9, "success": 8, "social_responsibility": 7}
    )

    ranking = result_of(sheet.assignment.submission.contest).ranking

    (row,) = ranking.lists[0].rows
    assert (row.place, str(row.total)) == (1, "80.00")


def test_export_can_be_finished_by_its_content():
    export = ExportFactory(job__content=b"a workbook")

    assert (export.job.state, export.job.file_size) == ("done", 10)
