from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "samtall.organisations"

    def ready(self) -> None:
        from samtall.base.text import Words
        from samtall.ledger import vocabulary
        from samtall.parties.sectors import SECTORS

        for code, name in SECTORS.items():
            vocabulary.register("sector", code, Words(nb=name, nn=name, en=name))
