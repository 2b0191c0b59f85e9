from django.urls import path

from samtall.witnesses import views

urlpatterns = [
    path("etterprov/", views.check, name="check-books"),
    path("etterprov/kontrollpunkt.txt", views.checkpoint, name="checkpoint"),
    path("etterprov/mottakere/", views.receivers, name="witnesses"),
    path("etterprov/mottakere/<int:pk>/avslutt/", views.end, name="witness-end"),
]
