from django.apps import AppConfig


class CompetenceJobConfig(AppConfig):
    name = "samtall.kinds.competence_job"

    def ready(self) -> None:
        from samtall.activities import panels
        from samtall.kinds.competence_job.kind import CONTRIBUTIONS
        from samtall.kinds.competence_job.showing import panel_of
        from samtall.ledger import vocabulary

        panels.register(panel_of)
        for code, words in CONTRIBUTIONS:
            vocabulary.register("contribution", code, words)
