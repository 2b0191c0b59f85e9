from django.apps import AppConfig


class ConfirmationsConfig(AppConfig):
    name = "samtall.confirmations"

    def ready(self) -> None:
        from samtall.activities import panels
        from samtall.confirmations.showing import panel_of

        panels.register(panel_of)
