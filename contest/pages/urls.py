from django.urls import path

from contest.pages import (
    course_views,
    edition_views,
    import_views,
    making_views,
    panel_views,
    part_views,
    people_views,
    question_views,
    register_views,
    rulebook_views,
    telephone_views,
)

app_name = "contest"
manage = "contests/<slug:slug>/manage/"
register = f"{manage}register/"
urlpatterns = [
    path("contests/new/", making_views.NewContestPage.as_view(), name="new"),
    path(f"{manage}clone/", making_views.ClonePage.as_view(), name="clone"),
    path(f"{manage}edition/", edition_views.EditionPage.as_view(), name="edition"),
    path(
        f"{manage}edition/reminders/",
        edition_views.RemindersPage.as_view(),
        name="reminders",
    ),
    path(
        f"{manage}edition/organiser/",
        edition_views.OrganiserPage.as_view(),
        name="organiser",
    ),
    path(f"{manage}edition/logos/", edition_views.LogosPage.as_view(), name="logos"),
    path(
        f"{manage}edition/logos/<uuid:pk>/",
        edition_views.LogoPage.as_view(),
        name="logo",
    ),
    path(
        f"{manage}people/code/",
        telephone_views.TelephoneCodePage.as_view(),
        name="telephone-code",
    ),
    path(f"{manage}deadline/", course_views.DeadlinePage.as_view(), name="deadline"),
    path(f"{manage}panel/", panel_views.PanelPage.as_view(), name="panel"),
    path(
        f"{manage}panel/<uuid:pk>/invite/",
        panel_views.InviteAgainPage.as_view(),
        name="seat-invite",
    ),
    path(
        f"{manage}panel/<uuid:pk>/role/",
        panel_views.RolePage.as_view(),
        name="seat-role",
    ),
    path(
        f"{manage}panel/<uuid:pk>/activate/",
        panel_views.ActivationPage.as_view(),
        name="seat-activate",
    ),
    path(
        f"{manage}panel/<uuid:pk>/remove/",
        panel_views.RemovalPage.as_view(),
        name="seat-remove",
    ),
    path(
        f"{manage}panel/<uuid:pk>/restore/",
        panel_views.RestorationPage.as_view(),
        name="seat-restore",
    ),
    path(f"{manage}people/", people_views.PeoplePage.as_view(), name="people"),
    path(
        f"{manage}people/coordinators/add/",
        people_views.AddCoordinatorPage.as_view(),
        name="add-coordinator",
    ),
    path(
        f"{manage}people/coordinators/<uuid:pk>/remove/",
        people_views.RemoveCoordinatorPage.as_view(),
        name="remove-coordinator",
    ),
    path(
        f"{manage}people/auditors/add/",
        people_views.AddAuditorPage.as_view(),
        name="add-auditor",
    ),
    path(
        f"{manage}people/auditors/<uuid:pk>/end/",
        people_views.EndAuditorPage.as_view(),
        name="end-auditor",
    ),
    path(f"{manage}people/claims/", people_views.ClaimsPage.as_view(), name="claims"),
    path(
        f"{manage}people/claims/<uuid:pk>/",
        people_views.ClaimPage.as_view(),
        name="claim",
    ),
    path(register, register_views.RegisterPage.as_view(), name="register"),
    path(
        f"{register}imports/",
        import_views.ImportsPage.as_view(),
        name="register-imports",
    ),
    path(
        f"{register}imports/<uuid:pk>/",
        import_views.ImportPage.as_view(),
        name="register-import",
    ),
    path(
        f"{register}imports/<uuid:pk>/problems/",
        import_views.ProblemsPage.as_view(),
        name="register-import-problems",
    ),
    path(
        f"{register}imports/<uuid:pk>/rejected/",
        import_views.RejectedPage.as_view(),
        name="register-import-rejected",
    ),
    path(
        f"{register}files/",
        import_views.RegisterFilesPage.as_view(),
        name="register-files",
    ),
    path(
        f"{register}files/<uuid:pk>/",
        import_views.RegisterFilePage.as_view(),
        name="register-file",
    ),
    path(
        f"{register}<uuid:pk>/correct/",
        register_views.CorrectionPage.as_view(),
        name="correct-organisation",
    ),
    path(
        f"{register}<uuid:pk>/merge/",
        register_views.MergeChoicePage.as_view(),
        name="merge-choice",
    ),
    path(
        f"{register}<uuid:pk>/merge/<uuid:other>/",
        register_views.MergePage.as_view(),
        name="merge",
    ),
    path(f"{manage}rulebook/", rulebook_views.RulebookPage.as_view(), name="rulebook"),
    path(
        f"{manage}rulebook/sheet/",
        rulebook_views.SheetPreviewPage.as_view(),
        name="sheet-preview",
    ),
    path(
        f"{manage}rulebook/weights/",
        rulebook_views.WeightsPage.as_view(),
        name="weights",
    ),
    path(
        f"{manage}rulebook/criteria/<slug:code>/",
        part_views.CriterionPage.as_view(),
        name="criterion",
    ),
    path(
        f"{manage}rulebook/nominations/<slug:code>/",
        part_views.NominationPage.as_view(),
        name="nomination",
    ),
    path(f"{manage}rulebook/limits/", part_views.LimitsPage.as_view(), name="limits"),
    path(
        f"{manage}rulebook/requirements/",
        part_views.RequirementsPage.as_view(),
        name="requirements",
    ),
    path(f"{manage}rulebook/places/", part_views.PlacesPage.as_view(), name="places"),
    path(
        f"{manage}rulebook/questions/",
        question_views.QuestionsPage.as_view(),
        name="questions",
    ),
    path(
        f"{manage}rulebook/questions/new/",
        question_views.NewQuestionPage.as_view(),
        name="new-question",
    ),
    path(
        f"{manage}rulebook/questions/of/<slug:code>/",
        question_views.QuestionPage.as_view(),
        name="question",
    ),
    path(
        f"{manage}rulebook/<int:number>/",
        rulebook_views.RulebookVersionPage.as_view(),
        name="rulebook-version",
    ),
]
