"""Addresses of those who run an edition; ``urls`` takes them in."""

from django.urls import path

from submissions.pages import entry_list_views, entry_views

manage = "contests/<slug:slug>/manage/"
entry = "entries/<uuid:pk>/manage/"
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
]
