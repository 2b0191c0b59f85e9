from django.urls import path

from samtall.organisations.views import decisions, pages

urlpatterns = [
    path("virksomheter/", pages.organisations, name="organisations"),
    path("virksomheter/ny/", pages.new, name="organisation-new"),
    path("virksomheter/avgjorelser/", decisions.decisions, name="identities-decisions"),
    path("virksomheter/avgjorelser/<int:pk>/trekk/", decisions.withdraw_identification, name="identification-withdraw"),
    path("virksomheter/avgjorelser/ulike/<int:pk>/trekk/", decisions.withdraw_distinction, name="distinction-withdraw"),
    path("virksomheter/<str:key>/", pages.organisation, name="organisation"),
]
