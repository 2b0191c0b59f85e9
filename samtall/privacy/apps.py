from django.apps import AppConfig


class Privacy(AppConfig):
    name = "samtall.privacy"

    def ready(self) -> None:
        from samtall.accounts import waiting
        from samtall.privacy.waiting import tasks_of

        waiting.register(tasks_of)
