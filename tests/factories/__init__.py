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
    ProposalFactory,
    RulebookVersionFactory,
    SeriesFactory,
)
from tests.factories.exports import ExportFactory
from tests.factories.jobs import JobFactory
from tests.factories.mail import MessageFactory
from tests.factories.organisations import (
    ActionGroupFactory,
    ClaimFactory,
    ImportProblemFactory,
    ImportRunFactory,
    OrganisationFactory,
    RegisterExportFactory,
    RepresentativeFactory,
)
from tests.factories.scoring import (
    FrozenResultFactory,
    ScoreFactory,
    SheetFactory,
    SpecialAwardFactory,
)
from tests.factories.submissions import (
    AssignmentFactory,
    AttachmentFactory,
    AwardFactory,
    ExtensionFactory,
    JurorExtensionFactory,
    SubmissionFactory,
    SubmissionVersionFactory,
    send,
)

__all__ = [
    "ActFactory",
    "ActionGroupFactory",
    "ApiTokenFactory",
    "AssignmentFactory",
    "AttachmentFactory",
    "AuditorFactory",
    "AwardFactory",
    "ClaimFactory",
    "ContestFactory",
    "ContestLogoFactory",
    "CoordinatorFactory",
    "ExportFactory",
    "ExtensionFactory",
    "FrozenResultFactory",
    "ImportProblemFactory",
    "ImportRunFactory",
    "JobFactory",
    "JurorExtensionFactory",
    "JurorFactory",
    "MessageFactory",
    "OrganisationFactory",
    "OrganiserFactory",
    "OrganiserMemberFactory",
    "PictureFactory",
    "ProposalFactory",
    "RegisterExportFactory",
    "RepresentativeFactory",
    "RulebookVersionFactory",
    "ScoreFactory",
    "SeriesFactory",
    "SheetFactory",
    "SpecialAwardFactory",
    "SubmissionFactory",
    "SubmissionVersionFactory",
    "UserFactory",
    "send",
]
