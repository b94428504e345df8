from django.urls import path

from accounts.api import views

urlpatterns = [
    path("auth/code/", views.CodeView.as_view(), name="auth-code"),
    path("auth/token/", views.TokenView.as_view(), name="auth-token"),
    path(
        "auth/tokens/",
        views.TokenViewSet.as_view({"get": "list", "post": "create"}),
        name="token-list",
    ),
    path(
        "auth/tokens/<uuid:pk>/",
        views.TokenViewSet.as_view({"delete": "destroy"}),
        name="token-detail",
    ),
    path("me/", views.MeView.as_view(), name="me"),
]
