from django.urls import path

from organisations.pages import views

app_name = "organisations"
urlpatterns = [
    path("organisations/add/", views.AddPage.as_view(), name="add"),
    path("organisations/<uuid:pk>/claim/", views.ClaimPage.as_view(), name="claim"),
]
