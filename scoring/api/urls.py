from django.urls import path

from scoring.api import judging_views, message_views
from scoring.api.audit_views import ContestAuditViewSet
from scoring.api.award_views import SpecialAwardViewSet
from scoring.api.feedback_views import FeedbackViewSet
from scoring.api.result_views import ResultViewSet
from scoring.api.tie_views import TieViewSet
from scoring.api.views import RankingViewSet, SheetViewSet

urlpatterns = [
    path(
        "assignments/<uuid:pk>/sheet/",
        SheetViewSet.as_view({"get": "retrieve", "put": "update"}),
        name="sheet",
    ),
    path(
        "assignments/<uuid:pk>/sheet/send/",
        SheetViewSet.as_view({"post": "send"}),
        name="sheet-send",
    ),
    path(
        "assignments/<uuid:pk>/sheet/reopen/",
        SheetViewSet.as_view({"post": "reopen"}),
        name="sheet-reopen",
    ),
    path(
        "assignments/<uuid:pk>/sheet/<slug:criterion>/",
        SheetViewSet.as_view({"patch": "score"}),
        name="sheet-score",
    ),
    path(
        "assignments/<uuid:pk>/comments/",
        SheetViewSet.as_view({"patch": "comments"}),
        name="sheet-comments",
    ),
    path(
        "assignments/<uuid:pk>/exclude/",
        SheetViewSet.as_view({"post": "exclude"}),
        name="sheet-exclude",
    ),
    path(
        "assignments/<uuid:pk>/include/",
        SheetViewSet.as_view({"post": "include"}),
        name="sheet-include",
    ),
    path(
        "submissions/<uuid:pk>/feedback/",
        FeedbackViewSet.as_view({"get": "retrieve"}),
        name="submission-feedback",
    ),
    path(
        "contests/<slug:slug>/sheets/send/",
        judging_views.OwnSheetsViewSet.as_view({"post": "create"}),
        name="sheets-send",
    ),
    path(
        "contests/<slug:slug>/progress/",
        judging_views.ProgressViewSet.as_view({"get": "retrieve"}),
        name="contest-progress",
    ),
    path(
        "contests/<slug:slug>/progress/entries/",
        judging_views.EntryProgressViewSet.as_view({"get": "list"}),
        name="contest-progress-entries",
    ),
    path(
        "contests/<slug:slug>/progress/mine/",
        judging_views.OwnProgressViewSet.as_view({"get": "retrieve"}),
        name="contest-progress-mine",
    ),
    path(
        "contests/<slug:slug>/closing-check/",
        judging_views.ClosingCheckViewSet.as_view({"get": "retrieve"}),
        name="contest-closing-check",
    ),
    path(
        "contests/<slug:slug>/exclusions/",
        judging_views.ExclusionViewSet.as_view({"get": "list", "post": "create"}),
        name="contest-exclusions",
    ),
    path(
        "contests/<slug:slug>/messages/",
        message_views.MessageViewSet.as_view({"get": "list"}),
        name="contest-messages",
    ),
    path(
        "contests/<slug:slug>/messages/<uuid:pk>/retry/",
        message_views.MessageViewSet.as_view({"post": "retry"}),
        name="contest-message-retry",
    ),
    path(
        "contests/<slug:slug>/reminders/entrants/",
        message_views.EntrantReminderViewSet.as_view(
            {"get": "retrieve", "post": "create"}
        ),
        name="remind-entrants",
    ),
    path(
        "contests/<slug:slug>/reminders/jurors/",
        message_views.JurorReminderViewSet.as_view(
            {"get": "retrieve", "post": "create"}
        ),
        name="remind-jurors",
    ),
    path(
        "contests/<slug:slug>/ranking/",
        RankingViewSet.as_view({"get": "retrieve"}),
        name="contest-ranking",
    ),
    path(
        "contests/<slug:slug>/ties/",
        TieViewSet.as_view({"get": "retrieve", "post": "create"}),
        name="contest-ties",
    ),
    path(
        "contests/<slug:slug>/special-awards/",
        SpecialAwardViewSet.as_view({"get": "list", "post": "create"}),
        name="contest-special-awards",
    ),
    path(
        "contests/<slug:slug>/special-awards/<uuid:pk>/take-back/",
        SpecialAwardViewSet.as_view({"post": "take_back"}),
        name="special-award-take-back",
    ),
    path(
        "contests/<slug:slug>/audit/",
        ContestAuditViewSet.as_view({"get": "list"}),
        name="contest-audit",
    ),
    path(
        "contests/<slug:slug>/result/",
        ResultViewSet.as_view({"get": "retrieve"}),
        name="contest-result",
    ),
]
