from django.urls import path

from submissions.api import jury_views
from submissions.api.assignment_views import AssignmentViewSet, ContestAssignmentViewSet
from submissions.api.attachment_views import (
    AttachmentViewSet,
    SubmissionAttachmentViewSet,
)
from submissions.api.coordination_views import (
    AwardViewSet,
    DraftViewSet,
    EligibilityViewSet,
    ExtensionViewSet,
    HandlingViewSet,
)
from submissions.api.views import SubmissionViewSet


def _one(view=SubmissionViewSet, **actions):
    return view.as_view(actions, detail=True)


def _file(**actions):
    return AttachmentViewSet.as_view(actions, detail=True)


def _assignment(**actions):
    return AssignmentViewSet.as_view(actions, detail=True)


_LIST = {"get": "list", "post": "create"}

urlpatterns = [
    path(
        "submissions/",
        SubmissionViewSet.as_view({"get": "list", "post": "create"}),
        name="submission-list",
    ),
    path(
        "submissions/<uuid:pk>/",
        _one(get="retrieve", patch="partial_update"),
        name="submission-detail",
    ),
    path(
        "submissions/<uuid:pk>/submit/", _one(post="submit"), name="submission-submit"
    ),
    path(
        "submissions/<uuid:pk>/withdraw/",
        _one(post="withdraw"),
        name="submission-withdraw",
    ),
    path(
        "submissions/<uuid:pk>/versions/",
        _one(get="versions"),
        name="submission-versions",
    ),
    path(
        "submissions/<uuid:pk>/restore/",
        _one(post="restore"),
        name="submission-restore",
    ),
    path(
        "submissions/<uuid:pk>/ask-to-confirm/",
        _one(post="ask_to_confirm"),
        name="submission-ask-to-confirm",
    ),
    path(
        "submissions/<uuid:pk>/confirm/",
        _one(post="confirm"),
        name="submission-confirm",
    ),
    path(
        "submissions/<uuid:pk>/share/",
        _one(post="share"),
        name="submission-share",
    ),
    path(
        "submissions/<uuid:pk>/consents/",
        _one(post="consents"),
        name="submission-consents",
    ),
    path(
        "submissions/<uuid:pk>/suggestions/",
        _one(get="suggestions"),
        name="submission-suggestions",
    ),
    path(
        "submissions/<uuid:pk>/eligibility/",
        _one(EligibilityViewSet, post="eligibility"),
        name="submission-eligibility",
    ),
    path(
        "submissions/<uuid:pk>/attachments/",
        SubmissionAttachmentViewSet.as_view({"get": "list", "post": "create"}),
        name="submission-attachments",
    ),
    path(
        "attachments/<uuid:pk>/",
        _file(get="retrieve", patch="partial_update", delete="destroy"),
        name="attachment-detail",
    ),
    path("attachments/<uuid:pk>/file/", _file(get="file"), name="attachment-file"),
    path(
        "attachments/<uuid:pk>/preview/",
        _file(get="preview"),
        name="attachment-preview",
    ),
    path(
        "attachments/<uuid:pk>/withdraw-consent/",
        _file(post="withdraw_consent"),
        name="attachment-withdraw-consent",
    ),
    path(
        "attachments/<uuid:pk>/declare/",
        _file(post="declare"),
        name="attachment-declare",
    ),
    path(
        "submissions/<uuid:pk>/checklist/",
        _one(EligibilityViewSet, get="checklist", patch="check"),
        name="submission-checklist",
    ),
    path(
        "submissions/<uuid:pk>/return/",
        _one(EligibilityViewSet, post="give_back"),
        name="submission-return",
    ),
    path(
        "submissions/<uuid:pk>/extensions/",
        _one(HandlingViewSet, post="extend"),
        name="submission-extensions",
    ),
    path(
        "submissions/<uuid:pk>/confirm-on-paper/",
        _one(HandlingViewSet, post="confirm_on_paper"),
        name="submission-confirm-on-paper",
    ),
    path(
        "contests/<slug:slug>/drafts/",
        DraftViewSet.as_view({"get": "list"}),
        name="contest-drafts",
    ),
    path(
        "contests/<slug:slug>/extensions/",
        ExtensionViewSet.as_view({"get": "list", "post": "create"}),
        name="contest-extensions",
    ),
    path(
        "contests/<slug:slug>/awards/",
        AwardViewSet.as_view({"get": "list", "post": "create"}),
        name="contest-awards",
    ),
    path(
        "contests/<slug:slug>/awards/<uuid:pk>/",
        AwardViewSet.as_view({"delete": "destroy"}),
        name="contest-award",
    ),
    path(
        "contests/<slug:slug>/assignments/",
        ContestAssignmentViewSet.as_view({"get": "list", "post": "create"}),
        name="contest-assignments",
    ),
    path(
        "assignments/",
        AssignmentViewSet.as_view({"get": "list"}),
        name="assignment-list",
    ),
    path(
        "assignments/<uuid:pk>/",
        _assignment(get="retrieve"),
        name="assignment-detail",
    ),
    path(
        "assignments/<uuid:pk>/unassign/",
        _assignment(post="unassign"),
        name="assignment-unassign",
    ),
    path(
        "assignments/<uuid:pk>/conflict/",
        _assignment(post="conflict", delete="withdraw_conflict"),
        name="assignment-conflict",
    ),
    path(
        "assignments/<uuid:pk>/conflict/take-back/",
        _assignment(post="take_back_conflict"),
        name="conflict-take-back",
    ),
    path(
        "assignments/<uuid:pk>/conflict/confirm/",
        _assignment(post="confirm_conflict"),
        name="conflict-confirm",
    ),
    path(
        "assignments/<uuid:pk>/conflict/lift/",
        _assignment(post="lift_conflict"),
        name="conflict-lift",
    ),
    path(
        "contests/<slug:slug>/conflict-candidates/",
        jury_views.ConflictCandidateViewSet.as_view(_LIST),
        name="conflict-candidates",
    ),
    path(
        "contests/<slug:slug>/conflicts/",
        jury_views.ConflictViewSet.as_view(_LIST),
        name="contest-conflicts",
    ),
    path(
        "contests/<slug:slug>/declaration/",
        jury_views.DeclarationViewSet.as_view({"get": "retrieve", "post": "create"}),
        name="contest-declaration",
    ),
    path(
        "contests/<slug:slug>/jurors/<uuid:pk>/extensions/",
        jury_views.JurorExtensionViewSet.as_view(_LIST),
        name="juror-extensions",
    ),
]
