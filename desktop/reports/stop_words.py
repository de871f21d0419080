"""Words that say nothing of a subject, by language: an index is made of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_ENGLISH = """
    a about above after again against ago all also am an and any are as at be because been before being below between
    both but by can cannot could did do does doing done down during each either else for from further get gets give
    given go got had has have having he her here hers him his how i if in into is it its itself just let like made make
    many may me might more most much must my need needs neither no nor not now of off on once one only or other our ours
    out over own per put same say shall she should since so some still such than that the their theirs them then there
    these they this those through to too under until up upon us use very want was we were what when where whether which
    while who whom whose why will with within without would yes yet you your yours
"""
_SPANISH = """
    a al algo algún alguna alguno algunos algunas ante antes aquel aquella aquello así aún aunque bajo bien cada como
    cómo con contra cual cuál cuales cuáles cualquier cuando cuándo cuanto cuánto de debe deben del desde donde dónde
    dos durante e el él ella ellas ellos en entre era eran es esa ese eso esos esas esta está este esto estos estas
    están fue fueron ha había hace hacer hacia han hasta hay la las le les lo los más me mi mis mientras mucho muy nada
    ni no nos nosotros nuestra nuestro nuestras nuestros o otra otro otras otros para pero poco podemos por porque puede
    pueden pues que qué quien quién quienes se sea sean según ser si sí sin sino sobre solo sólo son su sus tal también
    tan tanto te tenemos tener tiene tienen toda todas todo todos tras tu tus u un una unas uno unos usted ustedes va
    vamos van ya yo
"""
_POLISH = """
    a aby albo ale ani aż bardzo bez bo bowiem by być był była było były będą będzie chyba ci co czy czyli dla dlaczego
    do gdy gdyby gdzie go i ich ile im inna inne inny innych iż ja jak jaka jakie jaki jako je jeden jedna jedno jednak
    jego jej jest jestem jeszcze jeśli jeżeli już ją każda każde każdy kiedy kogo kto która które który których którym
    ku lub ma mają mam mamy mi między mnie może mogą można mój moja my na nad nam nami nas nasz nasza nasze nie niech
    nim nimi niż no nowe o od on ona oni ono oraz po pod podczas ponieważ powinien powinna powinno poza prawie przed
    przez przy raz również są się skąd swoje swój sobie ta tak taka takie taki także tam te tego tej ten też to tu tylko
    tym tych u w we wam was wasz wielu więc wszystkie wszystko wy z za ze zaś żaden że żeby
"""
STOP_WORDS = {
    language: frozenset(words.split()) for language, words in (("en", _ENGLISH), ("es", _SPANISH), ("pl", _POLISH))
}


def language_of(words: Iterable[str], otherwise: str) -> str:
    """The language whose stop words occur most among words in small letters; `otherwise` where none does."""
    counts: Counter[str] = Counter()
    for word in words:
        for language, stops in STOP_WORDS.items():
            counts[language] += word in stops
    found = counts.most_common(1)
    return found[0][0] if found and found[0][1] else otherwise
