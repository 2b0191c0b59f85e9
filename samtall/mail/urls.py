from django.urls import path

from samtall.mail import views

urlpatterns = [
    path("brev/", views.letters, name="letters"),
    path("brev/svar/", views.answers, name="answers"),
    path("brev/svar/<int:pk>/", views.answer, name="answer"),
    path("brev/svar/<int:pk>/legg-bort/", views.answer_aside, name="answer-aside"),
    path("brev/svar/<int:pk>/melding/", views.answer_message, name="answer-message"),
    path("brev/<int:pk>/", views.letter, name="letter"),
    path("brev/<int:pk>/html/", views.letter_html, name="letter-html"),
    path("brev/<int:pk>/vedlegg/<int:file>/", views.letter_file, name="letter-file"),
    path("brev/<int:pk>/send/", views.letter_again, name="letter-again"),
    path("brev/<int:pk>/stopp/", views.letter_stop, name="letter-stop"),
]
