from django.urls import path

from submissions.pages import desk

app_name = "submissions"
urlpatterns = [
    path("desk/", desk.DeskPage.as_view(), name="desk"),
]
