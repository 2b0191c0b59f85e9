"""Every room says what personal data it keeps, and nothing that people write gets past the door."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from samtall.base.personal import declared

#: Text that is about nobody: made by us, from a public source, or from a closed list. Everything else is declared.
NOT_ABOUT_PEOPLE = {
    "parties.Industry.name": "the standard's own words",
    "parties.Organisation.country": "a code",
    "parties.RegisterLoad.name": "the name of a public file",
    "parties.*.source": "a code such as import:12",
    "places.*": "places",
    "programmes.*": "what a public programme says of itself",
    "publications.Publication.title": "what a publication is called",
    "publications.Edition.checkpoint": "a signed position in the books",
    "surveys.Survey.*": "what a survey is called",
    "surveys.Question.*": "the questions",
    "figures.*": "definitions, and why they were made, by those whose task it is",
    "ledger.*": "codes, hashes and random keys (R5)",
    "identities.WrittenName.source": "a code such as import:12",
    "identities.*.source": "a code such as import:12",
    "identities.Lookout.register": "the state of the register",
    "imports.ImportedActivity.rows": "row numbers",
    "imports.ImportedActivity.added": "ids",
    "imports.Mapping.columns": "codes of columns",
    "inquiries.Inquiry.kinds": "codes",
    "knowledge.Environment.name": "an institution's words for itself",
    "knowledge.Environment.subjects": "subjects",
    "knowledge.Environment.kinds": "codes",
    "knowledge.Environment.municipalities": "codes",
    "documents.StoredFile.type": "media types",
    "documents.Document.about": "a code such as activity:12",
    "mail.*.about": "a code such as activity:12",
    "mail.Letter.message_id": "random",
    "mail.Letter.once": "a code without addresses",
    "mail.LetterFile.type": "media types",
    "activities.Activity.origin": "a code such as import:12",
    "accounts.User.password": "never used",
    "api.ApiKey.scopes": "codes",
}
SHORT = 99


def may_hold_text(field: models.Field) -> bool:  # type: ignore[type-arg]
    if isinstance(field, models.EmailField | models.TextField | models.JSONField | models.BinaryField):
        return True
    return isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) > SHORT


def excused(label: str) -> bool:
    patterns = (re.escape(known).replace(r"\*", ".*") for known in NOT_ABOUT_PEOPLE)
    return any(re.fullmatch(pattern, label) for pattern in patterns)


def fields_with_text() -> set[str]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("samtall.")]
    return {
        f"{one._meta.label}.{field.name}" for one in ours for field in one._meta.local_fields if may_hold_text(field)
    }


def declared_fields() -> set[str]:
    return {f"{model}.{field}" for one in declared() for model, fields in one.fields.items() for field in fields}


def test_every_field_that_may_hold_personal_data_is_declared_or_excused() -> None:
    assert sorted(field for field in fields_with_text() - declared_fields() if not excused(field)) == []


def test_a_field_that_nobody_declares_is_seen() -> None:
    class Guest(models.Model):
        nickname = models.CharField(max_length=200)

        class Meta:
            app_label = "privacy"
            abstract = True

    assert may_hold_text(Guest._meta.get_field("nickname"))
    assert not excused("privacy.Guest.nickname")


def test_what_is_declared_exists_and_is_said_once() -> None:
    missing = []
    for one in declared():
        for model, fields in one.fields.items():
            known = {field.name for field in apps.get_model(model)._meta.get_fields()}
            missing += [f"{model}.{field}" for field in fields if field not in known]
        places = [*((address.model, address.field) for address in one.emails)]
        places += [(text.model, field) for text in one.texts for field in text.fields]
        missing += [f"{model}.{field}" for model, field in places if field not in one.fields.get(model, ())]
    codes = [one.code for one in declared()]
    assert missing == []
    assert len(codes) == len(set(codes))


def test_every_room_that_declares_is_named_in_the_settings() -> None:
    package = Path(settings.PACKAGE)
    files = {
        ".".join(("samtall", *path.relative_to(package).with_suffix("").parts))
        for path in package.rglob("personal.py")
        if path.parent.name != "base"
    }
    assert set(settings.PERSONAL_DATA) == files


def test_every_time_limit_can_be_asked_for_and_every_rule_reads_well() -> None:
    for one in declared():
        assert "%(" not in one.kept_words
        if one.limit is not None:
            assert one.limit.days > 0


#: Where a form takes text by another way than `ui.fields.TextField`, which refuses national identity numbers.
OTHER_DOORS = {
    "figures/choosing.py": "periods, read by their own reader",
    "figures/forms.py": "periods and positions, read by their own readers",
    "imports/forms.py": "numbers of organisations; cells are looked through in operations/answering.py",
    "inquiries/forms.py": "the declaration of a form",
}


def test_text_comes_in_by_the_door_that_refuses_national_identity_numbers() -> None:
    package = Path(settings.PACKAGE)
    found = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if "tests" not in path.parts and re.search(r"\bforms\.(CharField|EmailField)\(", path.read_text())
    }
    assert found == set(OTHER_DOORS)
