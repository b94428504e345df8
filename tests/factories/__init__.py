"""The most ordinary valid objects; a test says what differs.

One module per app. Nested facts go by path: ``submission__contest__phase="open"``.
"""

from tests.factories.accounts import ApiTokenFactory, UserFactory
from tests.factories.contest import (
    ActFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganiserFactory,
    OrganiserMemberFactory,
    RulebookVersionFactory,
    SeriesFactory,
)
from tests.factories.exports import ExportFactory
from tests.factories.jobs import JobFactory
from tests.factories.organisations import OrganisationFactory, RepresentativeFactory
from tests.factories.scoring import ScoreFactory, SheetFactory
from tests.factories.submissions import (
    AssignmentFactory,
    AwardFactory,
    SubmissionFactory,
    SubmissionVersionFactory,
    send,
)

__all__ = [
    "ActFactory",
    "ApiTokenFactory",
    "AssignmentFactory",
    "AwardFactory",
    "ContestFactory",
    "CoordinatorFactory",
    "ExportFactory",
    "JobFactory",
    "JurorFactory",
    "OrganisationFactory",
    "OrganiserFactory",
    "OrganiserMemberFactory",
    "RepresentativeFactory",
    "RulebookVersionFactory",
    "ScoreFactory",
    "SeriesFactory",
    "SheetFactory",
    "SubmissionFactory",
    "SubmissionVersionFactory",
    "UserFactory",
    "send",
]
