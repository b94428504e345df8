from django.conf import settings
from django.urls import path

from accounts.pages import (
    account_views,
    sample_views,
    second_factor_views,
    views,
)

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignInPage.as_view(), name="sign-in"),
    path("sign-in/code/", views.CodePage.as_view(), name="sign-in-code"),
    path(
        "sign-in/second/",
        second_factor_views.SecondFactorPage.as_view(),
        name="second-factor",
    ),
    path(
        "sign-in/password/",
        account_views.PasswordSignInPage.as_view(),
        name="sign-in-password",
    ),
    path("invitation/", views.InvitationPage.as_view(), name="invitation"),
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
        "account/security/<number:pk>/remove/",
        second_factor_views.FactorRemovalPage.as_view(),
        name="factor-removal",
    ),
    path(
        "account/security/recovery-codes/",
        second_factor_views.RecoveryCodesPage.as_view(),
        name="recovery-codes",
    ),
    path("account/password/", account_views.PasswordPage.as_view(), name="password"),
    path(
        "account/password/remove/",
        account_views.PasswordRemovalPage.as_view(),
        name="password-removal",
    ),
    path("account/addresses/", account_views.AddressesPage.as_view(), name="addresses"),
    path(
        "account/addresses/code/",
        account_views.AddressCodePage.as_view(),
        name="address-code",
    ),
    path(
        "account/addresses/<number:pk>/remove/",
        account_views.AddressRemovalPage.as_view(),
        name="address-removal",
    ),
    path("account/sign-ins/", account_views.SignInsPage.as_view(), name="sign-ins"),
    path(
        "account/sign-ins/end-others/",
        account_views.OtherSignInsEndPage.as_view(),
        name="other-sign-ins-end",
    ),
    path(
        "account/sign-ins/<number:pk>/end/",
        account_views.SignInEndPage.as_view(),
        name="sign-in-end",
    ),
    path("account/tokens/", account_views.TokensPage.as_view(), name="tokens"),
    path(
        "account/tokens/<uuid:pk>/end/",
        account_views.TokenEndPage.as_view(),
        name="token-end",
    ),
    path("language/", views.LanguagePage.as_view(), name="language"),
]
if settings.SAMPLE_PEOPLE_FILE is not None:  # on this machine only
    urlpatterns.append(
        path(
            "sign-in/sample/",
            sample_views.SampleSignInPage.as_view(),
            name="sample-sign-in",
        )
    )
