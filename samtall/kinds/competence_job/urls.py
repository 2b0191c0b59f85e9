from django.urls import path

from samtall.kinds.competence_job import views

urlpatterns = [
    path("kompetansearbeidsplasser/", views.employers, name="employers"),
    path("kompetansearbeidsplasser/<int:pk>/", views.employer, name="employer-jobs"),
    path("kompetansearbeidsplasser/<int:pk>/utgangspunkt/", views.baseline, name="employer-baseline"),
]
