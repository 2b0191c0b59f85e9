from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "samtall.inquiries"

    def ready(self) -> None:
        from samtall.inquiries import naming

        naming.register()
