from django.urls import path

from accounts.pages import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignInPage.as_view(), name="sign-in"),
    path("sign-in/code/", views.CodePage.as_view(), name="sign-in-code"),
    path("sign-out/", views.SignOutPage.as_view(), name="sign-out"),
    path("account/", views.AccountPage.as_view(), name="account"),
    path("language/", views.LanguagePage.as_view(), name="language"),
]
