from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "samtall.kinds.network"

    def ready(self) -> None:
        from samtall.activities import panels
        from samtall.kinds.network.showing import panel_of

        panels.register(panel_of)
