"""What can be asked of agreements."""

from samtall.agreements.models import Agreement, AgreementRecord

What = AgreementRecord.What


def is_sent(agreement: Agreement) -> bool:
    return _has(agreement, What.SENT)


def is_cancelled(agreement: Agreement) -> bool:
    return _has(agreement, What.CANCELLED)


def signed_parts(agreement: Agreement) -> set[int]:
    """Ids of the parts whose party has signed."""
    return {one.part_id for one in agreement.records.all() if one.what == What.SIGNED and one.part_id is not None}


def _has(agreement: Agreement, what: What) -> bool:
    return any(one.what == what for one in agreement.records.all())
