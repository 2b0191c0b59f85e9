from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "samtall.figures"

    def ready(self) -> None:
        from samtall.base.text import Words
        from samtall.ledger import vocabulary

        for code, words in {
            "direct": Words("Direkte bidrag fra programmet", "Direkte bidrag frå programmet", "Direct contribution"),
            "contributed": Words("Programmet medvirket", "Programmet medverka", "The programme contributed"),
            "context": Words("Sammenheng", "Samanheng", "Context"),
        }.items():
            vocabulary.register("contribution", code, words)
