"""What may not decide who is welcome as a client: the special categories of data, told from the words for them.

Articles 9 and 10 of the GDPR (Regulation (EU) 2016/679) protect what a person believes, is and suffers, and what he
was convicted of. A profile of clients that names such a trait is refused, whatever the law elsewhere. A word is enough:
what is meant by it cannot be known. The area of work is no trait of a person, and is not looked at.
"""

from __future__ import annotations

from typing import Literal

from db.names import tokens

Protected = Literal[
    "health", "religion", "ethnic origin", "politics", "sexual life", "union membership", "criminal record", "biometric"
]  # fmt: skip
# The beginnings of words in English, Spanish and Polish, folded; a full stop ends a whole word, a line stands between
# words that follow each other.
_STEMS: dict[Protected, str] = {
    "health": """health. illness ill. disease disab diagnos medical_history pregnan hiv. cancer. depression mental.
        salud. enferm discapa embaraz minusval zdrowie. zdrowia. choroba choroby chory. niepelnosprawn w_ciazy""",
    "religion": """religi belief. faith. church. muslim islam jewish. jew. jews. judais christian. christians. catholic
        protestant hindu buddhis atheis creencia iglesia. musulman judio judia cristian catolic ateo. atea. wyznanie.
        kosciol katoli muzulman zydow zyd. chrzescija ateist""",
    "ethnic origin": """ethnic race. racial skin_colour skin_color gypsy. gitan etnic etnia. raza. racial etnicz rasa.
        rasow romsk cygan""",
    "politics": """politic party_member communist socialist izquierdista derechista partido_politico polityczn
        partii. lewicow prawicow""",
    "sexual life": "sexual sex. gay. lesbian homosex bisex transgend lgbt seksual homoseks",
    "union membership": """trade_union union_member labour_union labor_union unionis sindicat sindical zwiazek_zawodowy
        zwiazku_zawod zwiazkow""",
    "criminal record": """criminal_record criminal_conviction convict offender. ex_prisoner felon antecedentes_penales
        condenad delincuen karalnosc karany. karana. niekaran skazan""",
    "biometric": "biometr genetic genome dna. fingerprint genetyc huella_dactilar",
}
ARTICLE_OF: dict[Protected, int] = {trait: 10 if trait == "criminal record" else 9 for trait in _STEMS}


def protected_trait(*told: str) -> Protected | None:
    """The protected trait that any word of these texts speaks of; None where none does."""
    words = "".join(f" {' '.join(tokens(text))} ." for text in told)
    for trait, stems in _STEMS.items():
        for stem in stems.split():
            bare = stem.replace("_", " ")
            if f" {bare[:-1]} " in words if bare.endswith(".") else f" {bare}" in words:
                return trait
    return None
