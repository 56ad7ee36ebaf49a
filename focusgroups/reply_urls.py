"""Answering an invitation by the link of the letter: `/groups/reply/`, short enough to be typed from paper."""

from django.urls import path

from .views import replies

app_name = "group-reply"
urlpatterns = [
    path("", replies.reply_answer, name="answer"),
    path("<str:token>/", replies.reply_open, name="open"),
]
