"""The most ordinary valid objects; a test says what differs.

One module per app. Nested facts go by path: ``submission__contest__phase="open"``.
"""

from tests.factories.accounts import ApiTokenFactory, UserFactory
from tests.factories.contest import (
    ActFactory,
    AuditorFactory,
    ContestFactory,
    ContestLogoFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganiserFactory,
    OrganiserMemberFactory,
    PictureFactory,
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
    ExtensionFactory,
    SubmissionFactory,
    SubmissionVersionFactory,
    send,
)

__all__ = [
    "ActFactory",
    "ApiTokenFactory",
    "AssignmentFactory",
    "AuditorFactory",
    "AwardFactory",
    "ContestFactory",
    "ContestLogoFactory",
    "CoordinatorFactory",
    "ExportFactory",
    "ExtensionFactory",
    "JobFactory",
    "JurorFactory",
    "OrganisationFactory",
    "OrganiserFactory",
    "OrganiserMemberFactory",
    "PictureFactory",
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
