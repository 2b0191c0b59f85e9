from django.apps import AppConfig


class IdentitiesConfig(AppConfig):
    name = "samtall.identities"
