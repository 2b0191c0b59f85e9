from django.urls import path
from django.views.i18n import set_language

from samtall.accounts.policy import public_page
from samtall.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sprak/", public_page(set_language), name="set-language"),
    path("helse/", views.health, name="health"),
    path("sok/", views.everything, name="search"),
    path("uteblitt/", views.absent, name="absent"),
    path("om/", views.about, name="about"),
    path("om/personvern/", views.privacy, name="privacy"),
    path("om/tilgjengelighet/", views.accessibility, name="accessibility"),
    path("om/komponenter/", views.gallery, name="gallery"),
]
