from django.urls import path

from samtall.organisations.views import decisions, lookup, merging, pages, review

urlpatterns = [
    path("virksomheter/", pages.organisations, name="organisations"),
    path("virksomheter/ny/", pages.new, name="organisation-new"),
    path("virksomheter/oppslag/", lookup.lookup, name="organisation-lookup"),
    path("virksomheter/avklaring/", review.review, name="identities-review"),
    path("virksomheter/avklaring/angre/", review.undo, name="identities-undo"),
    path("virksomheter/avklaring/<int:pk>/", review.decide, name="identities-decide"),
    path("virksomheter/avgjorelser/", decisions.decisions, name="identities-decisions"),
    path("virksomheter/avgjorelser/<int:pk>/trekk/", decisions.withdraw_identification, name="identification-withdraw"),
    path("virksomheter/avgjorelser/ulike/<int:pk>/trekk/", decisions.withdraw_distinction, name="distinction-withdraw"),
    path("virksomheter/<str:key>/samme/", merging.merge, name="organisation-merge"),
    path("virksomheter/<str:key>/", pages.organisation, name="organisation"),
]
