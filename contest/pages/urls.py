from django.urls import path

from contest.pages import course_views

app_name = "contest"
manage = "contests/<slug:slug>/manage/"
urlpatterns = [
    path(f"{manage}deadline/", course_views.DeadlinePage.as_view(), name="deadline"),
]
