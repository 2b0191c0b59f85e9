from django.urls import path

from samtall.surveys import views

urlpatterns = [
    path("svar/<str:token>/", views.answer, name="survey-answer"),
    path("undersokelser/", views.surveys, name="surveys"),
    path("undersokelser/ny/", views.new, name="survey-new"),
    path("undersokelser/<slug:slug>/", views.survey, name="survey"),
    path("undersokelser/<slug:slug>/endre/", views.change, name="survey-change"),
    path("undersokelser/<slug:slug>/sporsmal/ny/", views.new_question, name="survey-question-new"),
    path("undersokelser/<slug:slug>/sporsmal/<int:pk>/fjern/", views.remove_question, name="survey-question-remove"),
    path("undersokelser/<slug:slug>/runde/ny/", views.new_round, name="survey-round-new"),
    path("undersokelser/<slug:slug>/runde/<int:number>/", views.round_, name="survey-round"),
]
