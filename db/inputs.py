"""What every input shares: it validates, trims, forbids unknown fields, and refuses in the house's own words."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from db.errors import Refused

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000_000)]
Optional = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000_000)]


def _country(value: str) -> str:
    from phonenumbers import SUPPORTED_REGIONS

    if value.upper() not in SUPPORTED_REGIONS:
        raise Refused("not-a-country", "country", value=value)
    return value.upper()


def _currency(value: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", value):
        raise Refused("not-a-currency", "currency", value=value)
    return value.upper()


def _language(value: str) -> str:
    if not re.fullmatch("[A-Za-z]{2,3}([-_][A-Za-z]+)*", value):
        raise Refused("not-a-language", "language", value=value)
    return value


# Where the practice is decides how its phones and dates are read: a word such as "Poland" would read them all wrongly.
Country = Annotated[Text, AfterValidator(_country)]
Currency = Annotated[Text, AfterValidator(_currency)]
Language = Annotated[Text, AfterValidator(_language)]


class Input(BaseModel):
    """An action's input; wrong values raise `Refused` for the first wrong field, holding the others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            refusals = [_refusal(dict(detail)) for detail in error.errors(include_url=False)]
            refusals[0].others = refusals[1:]
            raise refusals[0] from None


def _refusal(detail: dict[str, Any]) -> Refused:
    field = ".".join(str(part) for part in detail["loc"]) or None
    kind: str = detail["type"]
    if kind in {"missing", "string_too_short", "none_required"} or detail.get("input") in (None, ""):
        return Refused("required", field)
    if kind == "literal_error":
        return Refused("not-one-of", field, value=detail["input"], allowed=detail["ctx"]["expected"])
    if kind.startswith(("date", "time")):
        return Refused("not-a-date", field, value=detail["input"])
    if kind.startswith(("int", "float", "decimal")):
        return Refused("not-a-number", field, value=detail["input"])
    if kind in {"less_than_equal", "greater_than_equal", "less_than", "greater_than"}:
        return Refused("out-of-range", field, value=detail["input"], bounds=detail.get("ctx", {}))
    if kind == "extra_forbidden":
        return Refused("unknown-field", field)
    if kind == "string_too_long":
        return Refused("too-long", field)
    return Refused("not-understood", field, value=detail.get("input"))
