"""Every address, room by room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samtall.home.urls")),
    path("", include("samtall.accounts.urls")),
    path("", include("samtall.figures.urls")),
    path("", include("samtall.activities.urls")),
    path("", include("samtall.agreements.urls")),
    path("", include("samtall.confirmations.urls")),
    path("", include("samtall.kinds.network.urls")),
    path("", include("samtall.kinds.competence_job.urls")),
    path("", include("samtall.imports.urls")),
    path("", include("samtall.inquiries.urls")),
    path("", include("samtall.knowledge.urls")),
    path("", include("samtall.mail.urls")),
    path("", include("samtall.organisations.urls")),
    path("", include("samtall.programmes.urls")),
    path("", include("samtall.publications.urls")),
    path("", include("samtall.surveys.urls")),
    path("", include("samtall.witnesses.urls")),
    path("", include("samtall.privacy.urls")),
    path("", include("samtall.api.urls")),
]

handler400 = "samtall.home.views.bad_request"
handler403 = "samtall.home.views.not_allowed"
handler404 = "samtall.home.views.not_found"
handler500 = "samtall.home.views.failed"
