from django.urls import path

from samtall.figures.views import changes, editing, files, reading

urlpatterns = [
    path("tall/", reading.figures, name="figures"),
    path("tall/ny/", editing.figure_new, name="figure-new"),
    path("tall/<slug:slug>/", reading.figure, name="figure"),
    path("tall/<slug:slug>/liste/", reading.figure_list, name="figure-list"),
    path("tall/<slug:slug>/endringer/", changes.figure_changes, name="figure-changes"),
    path("tall/<slug:slug>/tall.csv", files.figure_csv, name="figure-csv"),
    path("tall/<slug:slug>/tall.xlsx", files.figure_xlsx, name="figure-xlsx"),
    path("tall/<slug:slug>/definisjon.toml", files.figure_definition, name="figure-definition"),
    path("tall/<slug:slug>/ny-versjon/", editing.figure_version_new, name="figure-version-new"),
    path("tall/<slug:slug>/legg-bort/", editing.figure_archive, name="figure-archive"),
]
