from django.urls import path

from submissions.pages import (
    behalf_views,
    draft_views,
    entering,
    file_views,
    form_views,
    jury_urls,
    manage_urls,
    sending_views,
    territory,
)

app_name = "submissions"
_ENTRY = "entries/<uuid:pk>/"
urlpatterns = [
    *manage_urls.urlpatterns,
    path(
        "contests/<slug:slug>/manage/drafts/",
        draft_views.DraftsPage.as_view(),
        name="drafts",
    ),
    path("contests/<slug:slug>/enter/", entering.EnterPage.as_view(), name="enter"),
    path(
        "contests/<slug:slug>/enter/territory/<uuid:pk>/",
        territory.TerritoryPage.as_view(),
        name="territory",
    ),
    path(_ENTRY, form_views.EntryPage.as_view(), name="entry"),
    path(f"{_ENTRY}print/", form_views.PrintPage.as_view(), name="entry-print"),
    path(f"{_ENTRY}files/", file_views.FilesPage.as_view(), name="entry-files"),
    path(
        f"{_ENTRY}files/<uuid:file_pk>/",
        file_views.FilePage.as_view(),
        name="entry-file",
    ),
    path(
        f"{_ENTRY}files/<uuid:file_pk>/people/",
        file_views.DeclarePage.as_view(),
        name="declare-photo",
    ),
    path(f"{_ENTRY}send/", sending_views.SendPage.as_view(), name="entry-send"),
    path(f"{_ENTRY}receipt/", sending_views.ReceiptPage.as_view(), name="receipt"),
    path(f"{_ENTRY}more/", sending_views.MorePage.as_view(), name="entry-more"),
    path(f"{_ENTRY}share/", sending_views.SharePage.as_view(), name="entry-share"),
    path(f"{_ENTRY}ask/", behalf_views.AskPage.as_view(), name="entry-ask"),
    path(
        f"{_ENTRY}invite/", behalf_views.InviteOwnerPage.as_view(), name="entry-invite"
    ),
    path(
        f"{_ENTRY}confirm/", sending_views.ConfirmPage.as_view(), name="entry-confirm"
    ),
    path(
        f"{_ENTRY}withdraw/",
        sending_views.WithdrawPage.as_view(),
        name="entry-withdraw",
    ),
    path(
        f"{_ENTRY}restore/", sending_views.RestorePage.as_view(), name="entry-restore"
    ),
    path(
        f"{_ENTRY}consent/", sending_views.ConsentPage.as_view(), name="entry-consent"
    ),
    path(f"{_ENTRY}recall/", sending_views.RecallPage.as_view(), name="entry-recall"),
    path(f"{_ENTRY}<slug:part>/", form_views.PartPage.as_view(), name="entry-part"),
    *jury_urls.urlpatterns,
]
