from django.urls import path

from samtall.organisations import views

urlpatterns = [
    path("virksomheter/", views.organisations, name="organisations"),
    path("virksomheter/ny/", views.new, name="organisation-new"),
    path("virksomheter/<str:key>/", views.organisation, name="organisation"),
]
