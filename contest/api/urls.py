from django.urls import path

from contest.api import (
    edition_views,
    part_views,
    people_views,
    proposal_views,
    register_file_views,
    register_views,
    rulebook_views,
    views,
)

_LIST = {"get": "list", "post": "create"}

urlpatterns = [
    path("organisers/", views.OrganiserViewSet.as_view(_LIST), name="organiser-list"),
    path(
        "organisers/<slug:slug>/",
        views.OrganiserViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update"}, detail=True
        ),
        name="organiser-detail",
    ),
    path(
        "organisers/<slug:slug>/members/",
        views.OrganiserViewSet.as_view({"post": "members"}, detail=True),
        name="organiser-members",
    ),
    path(
        "organisers/<slug:slug>/logo/",
        edition_views.OrganiserLogoViewSet.as_view(
            {"get": "retrieve", "put": "update", "delete": "destroy"}
        ),
        name="organiser-logo",
    ),
    path("series/", views.SeriesViewSet.as_view(_LIST), name="series-list"),
    path(
        "rulebook-templates/",
        views.TemplateViewSet.as_view({"get": "list"}),
        name="rulebook-template-list",
    ),
    path("contests/", views.ContestViewSet.as_view(_LIST), name="contest-list"),
    path(
        "contests/<slug:slug>/",
        views.ContestViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update"}, detail=True
        ),
        name="contest-detail",
    ),
    path(
        "contests/<slug:slug>/rulebook/",
        rulebook_views.RulebookViewSet.as_view({"get": "retrieve", "put": "update"}),
        name="contest-rulebook",
    ),
    path(
        "contests/<slug:slug>/rulebook/weights/",
        rulebook_views.WeightsViewSet.as_view({"put": "update"}),
        name="rulebook-weights",
    ),
    path(
        "contests/<slug:slug>/rulebooks/",
        rulebook_views.RulebookHistoryViewSet.as_view({"get": "list"}),
        name="rulebook-list",
    ),
    path(
        "contests/<slug:slug>/rulebooks/<number:number>/",
        rulebook_views.RulebookHistoryViewSet.as_view({"get": "retrieve"}),
        name="rulebook-version",
    ),
    path(
        "contests/<slug:slug>/jurors/",
        people_views.JurorViewSet.as_view(_LIST),
        name="juror-list",
    ),
    path(
        "contests/<slug:slug>/jurors/<uuid:pk>/",
        people_views.JurorViewSet.as_view({"get": "retrieve"}),
        name="juror-detail",
    ),
    *(
        path(
            f"contests/<slug:slug>/jurors/<uuid:pk>/{verb}/",
            people_views.JurorViewSet.as_view({"post": verb}),
            name=f"juror-{verb}",
        )
        for verb in ("invite", "role", "activate", "remove", "restore")
    ),
    path(
        "contests/<slug:slug>/auditors/",
        people_views.AuditorViewSet.as_view(_LIST),
        name="auditor-list",
    ),
    path(
        "contests/<slug:slug>/auditors/<uuid:pk>/end/",
        people_views.AuditorViewSet.as_view({"post": "end"}),
        name="auditor-end",
    ),
    path(
        "contests/<slug:slug>/coordinators/<uuid:pk>/remove/",
        people_views.CoordinatorViewSet.as_view({"post": "remove"}),
        name="coordinator-remove",
    ),
    path(
        "contests/<slug:slug>/logos/",
        edition_views.ContestLogoViewSet.as_view(_LIST),
        name="contest-logos",
    ),
    path(
        "contests/<slug:slug>/logos/<uuid:pk>/",
        edition_views.ContestLogoViewSet.as_view(
            {"patch": "partial_update", "delete": "destroy"}
        ),
        name="contest-logo",
    ),
    path(
        "contests/<slug:slug>/logos/<uuid:pk>/file/",
        edition_views.ContestLogoViewSet.as_view({"get": "file"}),
        name="contest-logo-file",
    ),
    path(
        "contests/<slug:slug>/timetable/",
        edition_views.TimetableViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update"}
        ),
        name="contest-timetable",
    ),
    path(
        "contests/<slug:slug>/clone/",
        edition_views.CloneViewSet.as_view({"post": "create"}),
        name="contest-clone",
    ),
    path(
        "contests/<slug:slug>/clone/preview/",
        edition_views.CloneViewSet.as_view({"post": "preview"}),
        name="contest-clone-preview",
    ),
    path(
        "contests/<slug:slug>/coordinators/",
        people_views.CoordinatorViewSet.as_view(_LIST),
        name="coordinator-list",
    ),
    path(
        "contests/<slug:slug>/representatives/",
        people_views.FirstRepresentativeViewSet.as_view({"post": "create"}),
        name="first-representative",
    ),
    path(
        "contests/<slug:slug>/telephone-codes/",
        people_views.TelephoneCodeViewSet.as_view({"post": "create"}),
        name="telephone-code",
    ),
    path(
        "contests/<slug:slug>/claims/",
        register_views.ContestClaimViewSet.as_view({"get": "list"}),
        name="contest-claims",
    ),
    path(
        "contests/<slug:slug>/claims/<uuid:pk>/decide/",
        register_views.ContestClaimViewSet.as_view({"post": "decide"}),
        name="contest-claim-decide",
    ),
    path(
        "contests/<slug:slug>/organisations/<uuid:pk>/correction/",
        register_views.CorrectionViewSet.as_view({"post": "create"}),
        name="contest-correction",
    ),
    path(
        "contests/<slug:slug>/merges/",
        register_views.ContestMergeViewSet.as_view({"post": "create"}),
        name="contest-merges",
    ),
    path(
        "contests/<slug:slug>/acts/",
        part_views.ActViewSet.as_view(_LIST),
        name="act-list",
    ),
    path(
        "contests/<slug:slug>/proposals/",
        proposal_views.ProposalViewSet.as_view(_LIST),
        name="proposal-list",
    ),
    path(
        "contests/<slug:slug>/proposals/<uuid:pk>/",
        proposal_views.ProposalViewSet.as_view({"get": "retrieve"}),
        name="proposal-detail",
    ),
    path(
        "contests/<slug:slug>/proposals/<uuid:pk>/confirm/",
        proposal_views.ProposalViewSet.as_view({"post": "confirm"}),
        name="proposal-confirm",
    ),
    path(
        "contests/<slug:slug>/proposals/<uuid:pk>/withdraw/",
        proposal_views.ProposalViewSet.as_view({"post": "withdraw"}),
        name="proposal-withdraw",
    ),
    path(
        "contests/<slug:slug>/deadline/",
        part_views.DeadlineViewSet.as_view({"post": "create"}),
        name="contest-deadline",
    ),
    path(
        "contests/<slug:slug>/register-imports/",
        register_file_views.RegisterImportViewSet.as_view(_LIST),
        name="register-import-list",
    ),
    path(
        "contests/<slug:slug>/register-imports/<uuid:pk>/",
        register_file_views.OneRegisterImportViewSet.as_view({"get": "retrieve"}),
        name="register-import-detail",
    ),
    path(
        "contests/<slug:slug>/register-imports/<uuid:pk>/problems/",
        register_file_views.OneRegisterImportViewSet.as_view({"get": "problems"}),
        name="register-import-problems",
    ),
    path(
        "contests/<slug:slug>/register-imports/<uuid:pk>/apply/",
        register_file_views.OneRegisterImportViewSet.as_view({"post": "apply"}),
        name="register-import-apply",
    ),
    path(
        "contests/<slug:slug>/register-imports/<uuid:pk>/rejected/",
        register_file_views.OneRegisterImportViewSet.as_view({"get": "rejected"}),
        name="register-import-rejected",
    ),
    path(
        "contests/<slug:slug>/register-exports/",
        register_file_views.RegisterExportViewSet.as_view(_LIST),
        name="register-export-list",
    ),
    path(
        "contests/<slug:slug>/register-exports/<uuid:pk>/",
        register_file_views.RegisterExportViewSet.as_view({"get": "retrieve"}),
        name="register-export-detail",
    ),
    path(
        "contests/<slug:slug>/register-exports/<uuid:pk>/file/",
        register_file_views.RegisterExportViewSet.as_view({"get": "file"}),
        name="register-export-file",
    ),
]
