from django.urls import path

from gallery.pages import views

app_name = "gallery"
urlpatterns = [
    path("", views.HomePage.as_view(), name="home"),
    path("contests/<slug:slug>/", views.ContestPage.as_view(), name="contest"),
    path("contests/<slug:slug>/results/", views.ResultsPage.as_view(), name="results"),
    path(
        "contests/<slug:slug>/results/photos/<uuid:pk>/",
        views.PhotoPage.as_view(),
        name="photo",
    ),
    path("privacy/", views.PrivacyPage.as_view(), name="privacy"),
    path("accessibility/", views.AccessibilityPage.as_view(), name="accessibility"),
]
