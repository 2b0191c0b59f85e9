from django.urls import path

from samtall.imports.views import answering, pages

urlpatterns = [
    path("import/", pages.imports, name="imports"),
    path("import/mal/<slug:code>.xlsx", pages.template_file, name="import-template"),
    path("import/<int:pk>/", pages.import_page, name="import"),
    path("import/<int:pk>/feil.xlsx", pages.problem_file, name="import-problems"),
    path("import/<int:pk>/kolonner/", pages.map_columns, name="import-columns"),
    path("import/<int:pk>/rad/<int:row>/", answering.row, name="import-row"),
    path("import/<int:pk>/virksomhet/", answering.organisation, name="import-organisation"),
    path("import/<int:pk>/likt/<int:row>/", answering.overlap, name="import-overlap"),
    path("import/<int:pk>/dobbelt/", pages.answer_duplicates, name="import-duplicates"),
    path("import/<int:pk>/start/", pages.start, name="import-start"),
    path("import/<int:pk>/framdrift/", pages.progress, name="import-progress"),
    path("import/<int:pk>/steg/", pages.step, name="import-step"),
    path("import/<int:pk>/angre/", pages.undo, name="import-undo"),
    path("import/<int:pk>/forkast/", pages.discard, name="import-discard"),
]
