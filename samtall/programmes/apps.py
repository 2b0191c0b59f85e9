from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "samtall.programmes"

    def ready(self) -> None:
        from samtall.activities import panels
        from samtall.programmes.tree import panel_of

        panels.register(panel_of)
