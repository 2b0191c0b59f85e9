"""What goes in and out. What comes in names its fields exactly; an unknown field is refused rather than ignored."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from samtall.base import reading
from samtall.inquiries.states import State

FIRST_DAY, LAST_DAY = reading.FIRST_DAY, reading.LAST_DAY


def _strict_date(value: Any) -> Any:
    """Only `2017-01-31`, and in a century that is meant: a number or a time would be read as a day too."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise PydanticCustomError("no_day", "not a day")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("day_outside", "a day in another century")
    return day


def _not_before_start(ends: date | None, said: ValidationInfo) -> date | None:
    starts = said.data.get("from_day")
    if ends and starts and ends < starts:
        raise PydanticCustomError("ends_before_start", "the end before the start")
    return ends


Day = Annotated[date, BeforeValidator(_strict_date, json_schema_input_type=date)]
#: The last day of what begins on `from_day`, which stands before it.
LastDay = Annotated[Day | None, AfterValidator(_not_before_start)]
#: Text to search for; control characters are in no name.
Words = Annotated[str, Field(max_length=200)]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]
PageSize = Annotated[int, Field(ge=1, le=100)]


class Asked(Schema):
    """The parameters of an address."""

    model_config = ConfigDict(extra="forbid")


class Said(Schema):
    """A body."""

    model_config = ConfigDict(extra="forbid", str_max_length=2000)

    @field_validator("*", mode="before")
    @classmethod
    def _without_identity_numbers(cls, value: Any) -> Any:
        if reading.holds_identity_number(json.dumps(value, default=str)):
            raise PydanticCustomError("identity_number", "a national identity number")
        return value


class Texts(Schema):
    nb: str
    nn: str
    en: str


class PageAsked(Asked):
    page: PageNumber = 1
    page_size: PageSize = 50


class FigureAsked(Asked):
    """`period`: 2017, 2016-2017, 2017V, 2017H or 2014-01-01..2018-12-31; `as_of`: a day, or a ledger position."""

    period: str = Field("", max_length=30)
    as_of: str = Field("", max_length=20, pattern=r"^(\d{4}-\d{2}-\d{2}|\d{1,15})?$")


class FigureListAsked(FigureAsked):
    page: PageNumber = 1
    page_size: PageSize = 50


class FigureOut(Schema):
    """A figure's answer: `value` is exact, and the true value lies between `lowest` and `highest` (R17).

    They are null where so few people are behind them that the number is not told (R20): that is not nought.
    """

    figure: str
    name: Texts
    unit: str
    counts: list[str] = Field(description="what it counts, in sentences in the language asked for")
    period: str
    from_day: date
    to_day: date
    value: float | None
    pending: float | None
    unidentified: int
    lowest: float | None
    highest: float | None
    activities: int | None
    version: int
    position: int


class FiguresOut(Schema):
    figures: list[FigureOut]


class Counted(Schema):
    """One line of the list behind a figure."""

    label: str
    status: str
    amount: str
    activities: list[str]


class FigureListOut(Schema):
    figure: FigureOut
    total: int
    page: int
    page_size: int
    items: list[Counted]


class OrganisationsAsked(PageAsked):
    q: Words = ""


class OrganisationOut(Schema):
    """`number` is empty while nobody has found it (R2); `counted_as` is what it counts as, where that is another."""

    id: int
    name: str
    number: str
    country: str
    register_: str = Field(alias="register")
    form: str
    municipality: str
    industry: str
    industry_standard: str
    closed_on: date | None
    counted_as: int | None


class OrganisationsOut(Schema):
    total: int
    page: int
    page_size: int
    items: list[OrganisationOut]


class ActivitiesAsked(PageAsked):
    kind: str = Field("", max_length=40)
    step: Literal["", "draft", "submitted", "validated", "withdrawn"] = ""
    q: Words = ""


class PartOut(Schema):
    """A part in an activity. People are not named: they are a head-count, or one."""

    role: str
    organisation: int | None
    written_as: str
    people: int | None
    quantity: float | None
    unit: str
    outcome: str
    from_day: date | None
    to_day: date | None


class EvidenceOut(Schema):
    kind: str
    dated: date | None


class ActivityOut(Schema):
    """An activity; `etag` changes with it, and is what If-Match takes."""

    id: int
    kind: str
    title: str
    from_day: date
    to_day: date | None
    municipality: str
    programme: str
    details: dict[str, Any]
    state: str
    step: str
    parts: list[PartOut]
    evidence: list[EvidenceOut]
    etag: str


class ActivitiesOut(Schema):
    total: int
    page: int
    page_size: int
    items: list[ActivityOut]


class PartIn(Said):
    """A part: an organisation by `number`, or by `name` as somebody wrote it; `people` counts heads without names."""

    role: str = Field(max_length=40)
    number: str = Field("", max_length=40)
    name: str = Field("", max_length=300)
    people: StrictInt | None = Field(None, ge=1, le=1_000_000)
    quantity: Decimal | None = Field(None, ge=0, le=1_000_000, max_digits=10, decimal_places=3)
    outcome: Literal["taking_part", "completed", "dropped_out", "no_show"] = "taking_part"
    from_day: Day | None = None
    to_day: LastDay = None


class EvidenceIn(Said):
    kind: Literal["agreement", "attendance_list", "confirmation", "minutes", "register_extract"]
    description: str = Field(min_length=1, max_length=300)
    dated: Day | None = None


class ActivityIn(Said):
    """A new activity. `submit`: send it in at once when it has started and has what it needs."""

    kind: str = Field(max_length=40)
    title: str = Field(min_length=1, max_length=300)
    from_day: Day
    to_day: LastDay = None
    municipality: str = Field("", max_length=4)
    programme: str = Field("", max_length=50, pattern=r"^[-a-zA-Z0-9_]*$")
    details: dict[str, Any] = Field(default_factory=dict)
    state: Literal["planned", "running", "completed", "aborted"] = "planned"
    parts: list[PartIn] = Field(default_factory=list, min_length=1, max_length=1000)
    evidence: list[EvidenceIn] = Field(default_factory=list, max_length=100)
    submit: StrictBool = False


class ActivityChange(Said):
    """What an activity shall say instead; what is left out stays. `reason` is needed where it is approved (R7)."""

    title: str | None = Field(None, min_length=1, max_length=300)
    from_day: Day | None = None
    to_day: LastDay = None
    municipality: str | None = Field(None, max_length=4)
    reason: str = Field("", max_length=500)


class KindOut(Schema):
    code: str
    name: Texts
    roles: list[str]
    evidence: list[str]
    fields: list[str]


class KindsOut(Schema):
    kinds: list[KindOut]


class LineOut(Schema):
    """A fact that a posting adds, or reverses. A person is only said to be there."""

    reverses: str
    kind: str
    role: str
    organisation: int | None
    person: bool
    from_day: date
    to_day: date | None
    municipality: str
    quantity: float
    unit: str
    standing: str
    outcome: str


class PostingOut(Schema):
    position: int
    at: str
    by: str
    reason: str
    source: str
    hash: str
    lines: list[LineOut]


class InquiriesAsked(PageAsked):
    """`state`: one of an inquiry's, or "open" for all that are on the way."""

    state: Literal["", "open", *State.values] = ""  # type: ignore[valid-type]
    q: Words = ""


class InquiryOut(Schema):
    """What was asked, by whom, and how far it has come; `activities` are those it became."""

    number: str
    form: str
    state: str
    received_at: datetime
    due_on: date
    answered_at: datetime | None
    organisation: int | None
    organisation_text: str
    municipality: str
    contact_name: str
    email: str
    phone: str
    reply_language: str
    kinds: list[str]
    subjects: list[str]
    description: str
    answers: dict[str, Any]
    unit: str
    activities: list[int]


class InquiriesOut(Schema):
    total: int
    page: int
    page_size: int
    items: list[InquiryOut]


Text = Annotated[str, Field(max_length=20_000)]


class InquiryIn(Schema):
    """`answers` are by the codes of the form's questions (`samtall form export`); its `notice` must be true."""

    model_config = ConfigDict(extra="forbid")

    form: str = Field(max_length=60, description="its name in the address, such as naeringsliv")
    answers: dict[str, Text | StrictBool | StrictInt | list[Text]]
