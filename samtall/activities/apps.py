from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "samtall.activities"

    def ready(self) -> None:
        from samtall.activities import naming, registry

        registry.kinds()
        naming.register()
