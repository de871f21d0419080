"""The words for days, weeks and months in English, Spanish and Polish, as `days` reads them: without accents."""

from __future__ import annotations

NEAR = {
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
    "yesterday": -1,
    "the day before yesterday": -2,
    "hoy": 0,
    "manana": 1,
    "pasado manana": 2,
    "ayer": -1,
    "anteayer": -2,
    "dzis": 0,
    "dzisiaj": 0,
    "jutro": 1,
    "jutra": 1,
    "pojutrze": 2,
    "wczoraj": -1,
    "przedwczoraj": -2,
}

_WEEKDAYS = (
    "monday lunes poniedzialek poniedzialku",
    "tuesday martes wtorek wtorku",
    "wednesday miercoles sroda srode srody",
    "thursday jueves czwartek czwartku",
    "friday viernes piatek piatku",
    "saturday sabado sobota sobote soboty",
    "sunday domingo niedziela niedziele niedzieli",
)
_WEEKDAYS_SHORT = (
    "mon lun pon",
    "tue tues wt",
    "wed mie sr",
    "thu thur thurs jue czw",
    "fri vie pt",
    "sat sab sob",
    "sun dom niedz",
)
_MONTHS = (
    "january jan enero ene stycznia styczen sty",
    "february feb febrero lutego luty lut",
    "march mar marzo marca marzec",
    "april apr abril abr kwietnia kwiecien kwi",
    "may mayo maja maj",
    "june jun junio czerwca czerwiec cze",
    "july jul julio lipca lipiec lip",
    "august aug agosto ago sierpnia sierpien sie",
    "september sep sept septiembre setiembre wrzesnia wrzesien wrz",
    "october oct octubre pazdziernika pazdziernik paz",
    "november nov noviembre listopada listopad lis",
    "december dec diciembre dic grudnia grudzien gru",
)
_NUMBERS = (
    "a an one un una jeden jedna",
    "two dos dwa dwie dwoch couple",
    "three tres trzy trzech",
    "four cuatro cztery czterech",
    "five cinco piec pieciu",
    "six seis szesc szesciu",
    "seven siete siedem siedmiu",
    "eight ocho osiem osmiu",
    "nine nueve dziewiec dziewieciu",
    "ten diez dziesiec dziesieciu",
    "eleven once jedenascie",
    "twelve doce dwanascie",
    "thirteen trece trzynascie",
    "fourteen catorce czternascie",
    "fifteen quince pietnascie",
)


def _numbered(lines: tuple[str, ...], first: int) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines, first) for word in line.split()}


WEEKDAYS = _numbered(_WEEKDAYS, 0)
WEEKDAYS_SHORT = _numbered(_WEEKDAYS_SHORT, 0)
MONTHS = _numbered(_MONTHS, 1)
NUMBERS = _numbered(_NUMBERS, 1) | {"twenty": 20, "veinte": 20, "dwadziescia": 20, "thirty": 30, "treinta": 30}

# What one unit is: so many days, or so many months, or so many working days.
UNITS: dict[str, tuple[str, int]] = {
    **dict.fromkeys(["day", "days", "dia", "dias", "dzien", "dni", "dnia"], ("days", 1)),
    **dict.fromkeys(
        ["week", "weeks", "semana", "semanas", "tydzien", "tygodnie", "tygodni", "tygodnia", "tygodniu"], ("days", 7)
    ),
    **dict.fromkeys(["fortnight", "fortnights"], ("days", 14)),
    **dict.fromkeys(
        ["month", "months", "mes", "meses", "miesiac", "miesiace", "miesiecy", "miesiaca", "miesiacu"], ("months", 1)
    ),
    **dict.fromkeys(["year", "years", "ano", "anos", "rok", "roku", "lata", "lat"], ("months", 12)),
    **dict.fromkeys(
        (
            "working day",
            "working days",
            "business days",
            "dia habil",
            "dias habiles",
            "dias laborables",
            "dni robocze",
            "dni roboczych",
        ),
        ("working", 1),
    ),
}

# Words that lead to a day and belong to it, so that "send it by Thursday" leaves "send it".
LEAD = (
    r"(?:(?:no|not) later than|due (?:on|by)|by the|on the|by|on|before|until|till|due|for"
    r"|para el|antes del?|a mas tardar el|hasta el|para|hasta|el dia|el"
    r"|nie pozniej niz|najpozniej|w dniu|przed|dnia|do|na|we?)"
)
NEXT_WEEK = r"next|przyszl(?:y|a|ego|ej)|przyszle|przyszla|nastepn(?:y|a|ego|ej)"
COMING = r"this|coming|this coming|proximo|este|najblizsz(?:y|a|ego|ej)|ten|te|tego|tej"
LAST = r"last|past|pasado|zeszl(?:y|a|ego|ej)|ubiegl(?:y|a|ego|ej)|ostatni(?:a|ego|ej)?"
