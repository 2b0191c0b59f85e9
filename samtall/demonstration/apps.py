from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "samtall.demonstration"
