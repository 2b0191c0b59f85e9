from django.urls import path

from samtall.imports import views

urlpatterns = [
    path("import/", views.imports, name="imports"),
    path("import/mal/<slug:code>.xlsx", views.template_file, name="import-template"),
    path("import/<int:pk>/", views.import_page, name="import"),
    path("import/<int:pk>/feil.xlsx", views.problem_file, name="import-problems"),
    path("import/<int:pk>/kolonner/", views.map_columns, name="import-columns"),
    path("import/<int:pk>/dobbelt/", views.answer_duplicates, name="import-duplicates"),
    path("import/<int:pk>/start/", views.start, name="import-start"),
    path("import/<int:pk>/framdrift/", views.progress, name="import-progress"),
    path("import/<int:pk>/steg/", views.step, name="import-step"),
    path("import/<int:pk>/angre/", views.undo, name="import-undo"),
    path("import/<int:pk>/forkast/", views.discard, name="import-discard"),
]
