from django.urls import path

from samtall.programmes import views

urlpatterns = [
    path("program/", views.programmes, name="programmes"),
    path("program/<slug:slug>/", views.programme, name="programme"),
]
