from django.urls import path

from samtall.accounts import views

urlpatterns = [
    path("logg-inn/", views.sign_in, name="sign-in"),
    path("logg-inn/kode/", views.sign_in_code, name="sign-in-code"),
    path("logg-inn/demonstrasjon/", views.sign_in_demonstration, name="sign-in-demonstration"),
    path("logg-ut/", views.sign_out, name="sign-out"),
    path("brukere/", views.users, name="users"),
    path("brukere/inviter/", views.invite, name="user-invite"),
    path("brukere/<int:pk>/roller/", views.give_role, name="user-role"),
    path("brukere/<int:pk>/roller/<slug:code>/avslutt/", views.end_role, name="user-role-end"),
    # The names by which allauth finds the three pages of it that we use.
    path("logg-inn/", views.sign_in, name="account_login"),
    path("logg-inn/", views.sign_in, name="account_request_login_code"),
    path("logg-inn/kode/", views.sign_in_code, name="account_confirm_login_code"),
]
