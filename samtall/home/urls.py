from django.urls import path

from samtall.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("helse/", views.health, name="health"),
    path("sok/", views.everything, name="search"),
    path("uteblitt/", views.absent, name="absent"),
    path("fra-henvendelse-til-samarbeid/", views.funnel, name="funnel"),
    path("om/", views.about, name="about"),
    path("om/tilgjengelighet/", views.accessibility, name="accessibility"),
    path("om/komponenter/", views.gallery, name="gallery"),
]
