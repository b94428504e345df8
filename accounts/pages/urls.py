from django.urls import path

from accounts.pages import second_factor_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignInPage.as_view(), name="sign-in"),
    path("sign-in/code/", views.CodePage.as_view(), name="sign-in-code"),
    path(
        "sign-in/second/",
        second_factor_views.SecondFactorPage.as_view(),
        name="second-factor",
    ),
    path("sign-out/", views.SignOutPage.as_view(), name="sign-out"),
    path("account/", views.AccountPage.as_view(), name="account"),
    path(
        "account/security/",
        second_factor_views.SecurityPage.as_view(),
        name="security",
    ),
    path("account/security/app/", second_factor_views.AppPage.as_view(), name="app"),
    path("account/security/key/", second_factor_views.KeyPage.as_view(), name="key"),
    path(
        "account/security/<int:pk>/remove/",
        second_factor_views.FactorRemovalPage.as_view(),
        name="factor-removal",
    ),
    path(
        "account/security/recovery-codes/",
        second_factor_views.RecoveryCodesPage.as_view(),
        name="recovery-codes",
    ),
    path("language/", views.LanguagePage.as_view(), name="language"),
]
