from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "samtall.publications"

    def ready(self) -> None:
        """What is published stays in the database as it is; it can only be said to be withdrawn."""
        from samtall.ledger import guards
        from samtall.publications.models import Edition

        columns = [str(one.column) for one in Edition._meta.local_concrete_fields if one.column != "state"]
        guards.keep(
            guards.Kept(
                table=Edition._meta.db_table,
                columns=columns,
                once="OLD.state IN ('published', 'withdrawn')",
                but="NEW.state = OLD.state OR (OLD.state = 'published' AND NEW.state = 'withdrawn')",
            )
        )
