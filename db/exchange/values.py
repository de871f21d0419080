"""How a cell becomes a value: dates, moments, amounts, yes and no, words; and how text is kept harmless in a CSV."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

from db.errors import Refused
from db.names import fold, tokens


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Where 3/4/2024 means the fourth of March; Canada writes both, so there it stays a question.
_MONTH_FIRST = frozenset({"US", "PH", "PR", "GU", "VI", "AS", "FM", "MH", "PW"})
_EITHER_FIRST = frozenset({"CA"})
_DOT_DECIMAL = _words(
    "US GB IE AU NZ CA IN PK LK BD MY SG HK TH PH JP KR CN TW IL MX GT HN NI PA DO PR KE NG UG TZ GH MT CH LI EG SA AE"
)
_NO_MINOR = _words("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")
_THREE_MINOR = _words("BHD IQD JOD KWD LYD OMR TND")

# No date, amount or phone is longer; what is longer is told from one before anything looks at all of it.
_LONGEST = 60
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_NUMERIC = re.compile(r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?")
_TIME = re.compile(r"[T ]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|[AaPp]\.?[Mm]\.?|[+-]\d\d:?\d\d)?")
_MONTH_WORDS = (
    "january jan januar enero ene styczen stycznia sty janvier",
    "february feb februar febrero luty lutego lut fevrier",
    "march mar marz marzo marzec marca mars",
    "april apr abril abr kwiecien kwietnia kwi avril",
    "may mai mayo maj maja",
    "june jun juni junio czerwiec czerwca cze juin",
    "july jul juli julio lipiec lipca lip juillet",
    "august aug agosto ago sierpien sierpnia sie aout",
    "september sept sep septiembre wrzesien wrzesnia wrz septembre",
    "october oct oktober okt octubre pazdziernik pazdziernika paz octobre",
    "november nov noviembre listopad listopada lis novembre",
    "december dec dezember dez diciembre dic grudzien grudnia gru decembre",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_WORDS, start=1) for name in names.split()}
_YES = _words("yes y true 1 x si tak ja oui t prawda verdadero wahr vrai on")
_NO = _words("no n false 0 nie nein non f falsz falso falsch faux off")
_RISKY = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r])")
_PLAIN_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def day_order(texts: Iterable[str], country: str) -> str:
    """How a column writes 3/4/2024: "dmy" or "mdy" by its own unmistakable dates, else by country, "" when unsure."""
    orders = set()
    for text in texts:
        match = _NUMERIC.match(text)
        if match and len(match[1]) < 3 and match[2] in "/-":
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second:
                orders.add("dmy")
            elif second > 12 >= first:
                orders.add("mdy")
    if len(orders) == 1:
        return orders.pop()
    if orders or country in _EITHER_FIRST:
        return ""
    return "mdy" if country in _MONTH_FIRST else "dmy"


def date_of(text: str, order: str) -> str:
    """A date as ISO text, "" for an empty one (also 0/0/00); raises Refused not-a-date or ambiguous-date."""
    return _date(_short(text), order)


def moment_of(text: str, order: str, zone: str) -> str:
    """A moment as UTC text ending in Z; without a time of day it is noon, so that no zone moves it to another day."""
    return _moment(_short(text), order, zone)


def _short(text: str) -> str:
    if len(text) > _LONGEST:
        raise Refused("not-a-date", value=text[:_LONGEST] + "…")
    return text


@lru_cache(maxsize=20_000)
def _date(text: str, order: str) -> str:
    day, rest = _day(text, order)
    if rest and not _TIME.fullmatch(rest):
        raise Refused("not-a-date", value=text)
    return day


@lru_cache(maxsize=20_000)
def _moment(text: str, order: str, zone: str) -> str:
    day, rest = _day(text, order)
    if not day:
        return ""
    hour, minute, second, place = 12, 0, 0, ""
    if rest:
        match = _TIME.fullmatch(rest)
        if not match:
            raise Refused("not-a-date", value=text)
        hour, minute, second, place = int(match[1]), int(match[2]), int(match[3] or 0), match[4] or ""
        if place[:1] in "aApP" and place:
            hour = hour % 12 + (12 if place[0] in "pP" else 0)
            place = ""
    try:
        moment = dt.datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}:{second:02}")
        if place in ("Z", "UTC"):
            moment = moment.replace(tzinfo=dt.UTC)
        elif place:
            moment = dt.datetime.fromisoformat(moment.isoformat() + place)
        else:
            moment = moment.replace(tzinfo=ZoneInfo(zone))
        return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        raise Refused("not-a-date", value=text) from None


def _day(text: str, order: str) -> tuple[str, str]:
    text = text.strip()
    match = _ISO.match(text)
    if match:
        rest = text[match.end() :]
        return _iso(text, match[1], match[2], match[3]), rest.strip(" .") if rest.strip(" .") == "" else rest
    match = _NUMERIC.match(text)
    if match:
        rest = text[match.end() :]
        first, mark, second, third = match[1], match[2], match[3], match[4]
        if int(first) == int(second) == 0:
            return "", rest
        if len(first) > 2:
            return _iso(text, first, second, third), rest
        if mark == ".":
            return _iso(text, _year(third), second, first), rest
        if int(first) > 12 or int(first) == int(second):
            order = "dmy"
        elif int(second) > 12:
            order = "mdy"
        if not order:
            raise Refused("ambiguous-date", value=text)
        day, month = (first, second) if order == "dmy" else (second, first)
        return _iso(text, _year(third), month, day), rest
    if not text:
        return "", ""
    return _named(text), ""


def _named(text: str) -> str:
    words = [word for word in tokens(text) if word not in ("de", "of", "del")]
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    numbers = [re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word) for word in words if word not in _MONTHS]
    if len(months) != 1 or len(numbers) != 2 or not all(number.isdigit() for number in numbers):
        raise Refused("not-a-date", value=text)
    day, year = numbers if len(numbers[0]) < 3 else reversed(numbers)
    return _iso(text, _year(year), str(months[0]), day)


def _year(text: str) -> str:
    if len(text) == 4:
        return text
    if len(text) == 2:
        return f"{'20' if int(text) < 69 else '19'}{text}"
    return "0"


def _iso(text: str, year: str, month: str, day: str) -> str:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        if {int(month), int(day)} == {0}:
            return ""
        raise Refused("not-a-date", value=text) from None


def minor_digits(currency: str) -> int:
    """How many decimals a currency has."""
    return 0 if currency in _NO_MINOR else 3 if currency in _THREE_MINOR else 2


def decimal_mark(texts: Iterable[str], country: str) -> str:
    """The decimal mark of a column of amounts: by its own clear amounts, else by country; "" when they differ."""
    marks = set()
    for text in texts:
        if len(text) > _LONGEST:
            continue
        match = re.search(r"([.,])\d{1,2}\D*$", text) or re.search(r"\d[.,]\d+([.,])\d+\D*$", text)
        if match:
            marks.add(match[1])
    if len(marks) > 1:
        return ""
    return marks.pop() if marks else "." if country in _DOT_DECIMAL else ","


def minor_of(text: str, currency: str, mark: str) -> int:
    """An amount in minor units of its currency; raises Refused not-an-amount or ambiguous-amount."""
    if len(text) > _LONGEST:
        raise Refused("not-an-amount", value=text[:_LONGEST] + "…")
    bare = re.sub(r"[\s'’_\u00a0\u202f]|[^\d.,()\-−]", "", text).replace("−", "-").strip(",")
    bare = bare.rstrip(".") if not bare.endswith(("..", ",.")) else bare
    negative = bare.startswith(("(", "-")) or bare.endswith("-")
    bare = bare.strip("()-")
    if not re.fullmatch(r"\d+(?:[.,]\d+)*", bare):
        raise Refused("not-an-amount", value=text)
    whole, fraction = _parted(bare, mark, text)
    digits = minor_digits(currency)
    if fraction[digits:].strip("0"):
        raise Refused("ambiguous-amount", value=text)
    minor = int(whole + fraction[:digits].ljust(digits, "0"))
    return -minor if negative else minor


def _parted(bare: str, mark: str, text: str) -> tuple[str, str]:
    marks = [character for character in bare if character in ".,"]
    if not marks:
        return bare, ""
    last = marks[-1]
    alone = len(marks) == 1
    if len(set(marks)) == 2:
        whole, fraction = bare.rsplit(last, 1)
    elif alone and len(bare.rsplit(last, 1)[1]) != 3:
        return bare.partition(last)[0], bare.partition(last)[2]
    elif alone and not mark:
        raise Refused("ambiguous-amount", value=text)
    elif alone and mark == last:
        return bare.partition(last)[0], bare.partition(last)[2]
    else:
        whole, fraction = bare, ""
    groups = re.split("[.,]", whole)
    if any(len(group) != 3 for group in groups[1:]) or not 1 <= len(groups[0]) <= 3 or len(set(whole) & set(".,")) > 1:
        raise Refused("not-an-amount", value=text)
    return "".join(groups), fraction


def yes_of(text: str) -> bool:
    """Yes or no in the languages that offices write; an empty cell is no. Raises Refused yes-or-no."""
    word = fold(text[:_LONGEST]).strip()
    if word in _YES:
        return True
    if word in _NO or not word:
        return False
    raise Refused("yes-or-no", value=text)


def word_of(text: str, allowed: tuple[str, ...]) -> str:
    """The word of a closed list that the cell says, whatever its case and hyphens; raises Refused not-one-of."""
    word = _word(text, allowed) if len(text) <= _LONGEST else None
    if word is None:
        raise Refused("not-one-of", value=text[:_LONGEST], allowed=list(allowed))
    return word


@lru_cache(maxsize=2_000)
def _word(text: str, allowed: tuple[str, ...]) -> str | None:
    wanted = "".join(tokens(text))
    return next((word for word in allowed if "".join(tokens(word)) == wanted), None)


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula; plain numbers stay as they are."""
    if _RISKY.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def unharmed(text: str) -> str:
    """What `harmless` was given."""
    return text[1:] if text[:1] == "'" and _RISKY.match(text) else text
