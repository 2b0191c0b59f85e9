"""Why something cannot be done with a spreadsheet now."""

from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.imports.models import Import
from samtall.imports.stored import PlanRead


class AlreadyImported(Refusal):
    """The same rows are in already (I8); `earlier` is the import that brought them."""

    def __init__(self, earlier: Import) -> None:
        self.earlier = earlier
        self.code = "I8"
        super().__init__(
            _("This was imported %(day)s by %(who)s. Nothing was saved again.")
            % {
                "day": f"{timezone.localtime(earlier.started_at or earlier.uploaded_at):%d.%m.%Y %H:%M}",
                "who": earlier.started_by or earlier.uploaded_by,
            }
        )


class NotReady(Refusal):
    """Something must be put right or answered first; `plan` has the problems."""

    def __init__(self, plan: PlanRead) -> None:
        self.plan = plan
        errors, questions = plan.head["errors"], plan.head["questions"]
        super().__init__(
            _("Nothing is saved: %(errors)d errors and %(questions)d questions must be dealt with first.")
            % {"errors": errors, "questions": questions}
            if errors or questions
            else _("There is nothing to save.")
        )


class WrongState(Refusal):
    """The import has come to another point than this needs."""
