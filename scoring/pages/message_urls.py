from django.urls import path

from scoring.pages import message_views

messages = "contests/<slug:slug>/manage/messages/"
urlpatterns = [
    path(messages, message_views.MessagesPage.as_view(), name="messages"),
    path(
        f"{messages}<uuid:pk>/retry/",
        message_views.MessageRetryPage.as_view(),
        name="message-retry",
    ),
    path(
        f"{messages}entrants/",
        message_views.EntrantReminderPage.as_view(),
        name="remind-entrants",
    ),
    path(
        f"{messages}jurors/",
        message_views.JurorReminderPage.as_view(),
        name="remind-jurors",
    ),
]
