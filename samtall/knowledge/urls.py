from django.urls import path

from samtall.knowledge import views

urlpatterns = [
    path("kunnskap/", views.environments, name="environments"),
    path("kunnskap/<slug:slug>/", views.environment, name="environment"),
]
