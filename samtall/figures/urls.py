from django.urls import path

from samtall.figures import views

urlpatterns = [
    path("tall/", views.figures, name="figures"),
    path("tall/<slug:slug>/", views.figure, name="figure"),
    path("tall/<slug:slug>/liste/", views.figure_list, name="figure-list"),
]
