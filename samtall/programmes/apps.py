from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "samtall.programmes"

    def ready(self) -> None:
        from samtall.activities import panels
        from samtall.ledger import vocabulary
        from samtall.programmes.queries import names
        from samtall.programmes.tree import panel_of

        panels.register(panel_of)
        vocabulary.register_asked("programme", names)
