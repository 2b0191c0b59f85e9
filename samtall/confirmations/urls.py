from django.urls import path

from samtall.confirmations import views

urlpatterns = [
    path("bekreft/<str:token>/", views.answer, name="confirm"),
    path("bekreftelser/", views.confirmations, name="confirmations"),
    path("bekreftelser/<int:pk>/kall-tilbake/", views.revoke, name="confirmation-revoke"),
    path("bekreftelser/<int:pk>/sett-paa/", views.settle, name="confirmation-settle"),
    path("aktiviteter/<int:pk>/bekreftelser/", views.of_activity, name="activity-confirmations"),
]
