from django.urls import path

from gallery.pages import views

app_name = "gallery"
urlpatterns = [
    path("", views.HomePage.as_view(), name="home"),
]
