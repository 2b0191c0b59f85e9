from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "samtall.agreements"

    def ready(self) -> None:
        from samtall.activities import panels
        from samtall.agreements.showing import panel_of

        panels.register(panel_of)
