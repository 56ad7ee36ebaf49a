"""Addresses of the register and of co-design, below `audits/<slug>/stakeholders/`."""

from django.urls import URLPattern

app_name = "stakeholders"

REGISTER: list[URLPattern] = []
CODESIGN: list[URLPattern] = []

urlpatterns = [*REGISTER, *CODESIGN]
