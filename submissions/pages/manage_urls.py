"""Addresses of those who run an edition; ``urls`` takes them in."""

from django.urls import path

from submissions.pages import (
    assignment_views,
    award_views,
    behalf_views,
    entry_list_views,
    entry_views,
    preview_views,
    register_views,
)

manage = "contests/<slug:slug>/manage/"
entry = "entries/<uuid:pk>/manage/"
pair = "assignments/<uuid:pk>/"
urlpatterns = [
    path(
        f"{manage}entries/",
        entry_list_views.EntriesPage.as_view(),
        name="manage-entries",
    ),
    path(
        f"{manage}entries/columns/",
        entry_list_views.EntryColumnsPage.as_view(),
        name="entry-columns",
    ),
    path(
        f"{manage}entries/decide/",
        entry_list_views.DecideEntriesPage.as_view(),
        name="decide-entries",
    ),
    path(
        f"{manage}entries/assign/",
        entry_list_views.AssignEntriesPage.as_view(),
        name="assign-entries",
    ),
    path(
        f"{manage}rulebook/form/",
        preview_views.FormPreviewPage.as_view(),
        name="form-preview",
    ),
    path(f"{manage}awards/", award_views.AwardsPage.as_view(), name="awards"),
    path(
        f"{manage}awards/<uuid:award_pk>/remove/",
        award_views.RemoveAwardPage.as_view(),
        name="remove-award",
    ),
    path(f"{manage}enter/", behalf_views.EnterForPage.as_view(), name="enter-for"),
    path(f"{manage}enter/add/", behalf_views.AddForPage.as_view(), name="add-for"),
    path(entry, entry_views.ManagedEntryPage.as_view(), name="manage-entry"),
    path(f"{entry}checklist/", entry_views.ChecklistPage.as_view(), name="checklist"),
    path(f"{entry}decide/", entry_views.DecidePage.as_view(), name="decide-entry"),
    path(f"{entry}return/", entry_views.ReturnPage.as_view(), name="return-entry"),
    path(f"{entry}extend/", entry_views.ExtendPage.as_view(), name="extend-entry"),
    path(
        f"{entry}on-paper/",
        entry_views.PaperPage.as_view(),
        name="confirm-entry-on-paper",
    ),
    path(
        f"{entry}withdraw/", entry_views.WithdrawPage.as_view(), name="withdraw-entry"
    ),
    path(f"{entry}restore/", entry_views.RestorePage.as_view(), name="restore-entry"),
    path(
        f"{manage}register/<uuid:pk>/",
        register_views.OrganisationPage.as_view(),
        name="register-organisation",
    ),
    path(
        f"{manage}assignments/",
        assignment_views.AssignmentsPage.as_view(),
        name="assignments",
    ),
    path(
        f"{manage}assignments/everything/",
        assignment_views.AssignEverythingPage.as_view(),
        name="assign-everything",
    ),
    path(
        f"{manage}assignments/distribute/",
        assignment_views.DistributePage.as_view(),
        name="distribute",
    ),
    path(
        f"{manage}assignments/list/",
        assignment_views.AssignByListPage.as_view(),
        name="assign-by-list",
    ),
    path(
        f"{manage}assignments/conflict/",
        assignment_views.RecordConflictPage.as_view(),
        name="record-conflict",
    ),
    path(
        f"{pair}take-conflict-back/",
        assignment_views.TakeBackConflictPage.as_view(),
        name="take-conflict-back",
    ),
    path(f"{pair}take-back/", assignment_views.UnassignPage.as_view(), name="unassign"),
    path(
        f"{pair}confirm-conflict/",
        assignment_views.ConfirmConflictPage.as_view(),
        name="confirm-conflict",
    ),
    path(
        f"{pair}lift-conflict/",
        assignment_views.LiftConflictPage.as_view(),
        name="lift-conflict",
    ),
]
