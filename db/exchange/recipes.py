"""The column names that programs write, as data: which field of a contact each stands for.

A field is `kind` or `kind:purpose`. Names are compared folded to lower-case words ("E-mail 1 - Value" → "e mail 1
value"), so that case, accents, hyphens and stars do not matter.
"""

from __future__ import annotations

# field → the folded names of columns that mean it, parted by |
_NAMES = {
    "prefix": "name prefix|prefix|salutation|anrede|tratamiento|tytul|honorific prefix|civilite",
    "title": "title|titel|titre|titulo",
    "given_name": "first name|given name|forename|vorname|nombre|nombre de pila|imie|prenom|firstname"
    "|client first name",
    "middle_name": "middle name|additional name|weitere vornamen|zweiter vorname|segundo nombre|drugie imie"
    "|deuxieme prenom|middlename",
    "family_name": "last name|family name|surname|nachname|familienname|apellidos|apellido|nazwisko|nom|nom de famille"
    "|lastname|client last name",
    "suffix": "name suffix|suffix|sufijo|sufiks|suffixe|namenszusatz",
    "name": "name|full name|display name|fullname|contact name|contactname|client name|customer"
    "|customer full name|kunde"
    "|nombre completo|imie i nazwisko|nom complet|vollstandiger name|anzeigename|customer name|klient|cliente|client",
    "name:nickname": "nickname|nick name|spitzname|apodo|pseudonim|surnom|short name",
    "name:maiden": "maiden name|geburtsname|apellido de soltera|nazwisko panienskie|nom de jeune fille",
    "name:trading": "legal name|legalname|trading name|trading as|doing business as",
    "name:other": "file as|other names|other name",
    "organisation": "organization name|organization|organisation|company|company name|firma|empresa|compania"
    "|organizacion"
    "|societe|entreprise|organizacja|associated company|unternehmen|organization 1 name|primary associated company",
    "department": "organization department|department|abteilung|departamento|dzial|organization 1 department",
    "job_title": "organization title|job title|position|beruf|puesto|cargo|stanowisko|fonction|role|occupation"
    "|organization 1 title|jobtitle|profession",
    "began_on": "birthday|date of birth|birth date|born|geburtstag|cumpleanos|fecha de nacimiento|urodziny"
    "|data urodzenia"
    "|anniversaire|date de naissance|founded",
    "birth_year": "birth year|geburtsjahr|ano de nacimiento|rok urodzenia",
    "birth_month": "birth month|geburtsmonat|mes de nacimiento|miesiac urodzenia",
    "birth_day": "birth day|geburtstag tag|dia de nacimiento|dzien urodzenia",
    "notes": "notes|note|notizen|notas|notatki|comments|remarks|bemerkungen|uwagi",
    "tags": "labels|group membership|categories|category|tags|kategorien|categorias|kategorie|schlagworter|etykiety",
    "language": "language|sprache|idioma|jezyk|langue",
    "key": "record id|contact id|customer id|vcard uid|uid",
    "email:": "e mail address|email address|email|e mail|emailaddress|primary email|e mail adresse|adres e mail|correo"
    "|direccion de correo electronico|correo electronico|adresse de messagerie|adresse e mail|courriel|mail"
    "|client email"
    "|e mail 2 address|e mail 3 address|secondary email|e mail 2 adresse|e mail 3 adresse|adres e mail 2|adres e mail 3"
    "|direccion de correo electronico 2|direccion de correo electronico 3|adresse de messagerie 2"
    "|adresse de messagerie 3"
    "|poczta e mail|personal email|email 2|email 3|main email",
    "email:work": "work email|business email",
    "email:home": "home email|private email",
    "phone:": "phone|phone number|primary phone|telephone|phonenumber|telefon|telefono|telephone principal|tel"
    "|haupttelefon"
    "|telefono principal|telefon glowny|main phone|client phone|numer telefonu|telefonnummer|phone numbers",
    "phone:mobile": "mobile phone|mobile number|mobile|mobilenumber|mobiltelefon|handy|movil|telefono movil|tel mobile"
    "|telephone mobile|telefon komorkowy|cell phone|cell|komorka|mobil|mobile phone number|portable",
    "phone:work": "business phone|business phone 2|work phone|company main phone|ddinumber|telefon geschaftlich"
    "|telefon geschaftlich 2|telefon firma|telefono del trabajo|telefono del trabajo 2|telephone bureau"
    "|telephone 2 bureau|telefon sluzbowy|telefon sluzbowy 2|hauptnummer firma|direct phone|work telephone",
    "phone:home": "home phone|home phone 2|telefon privat|telefon privat 2|particular|telefono particular"
    "|numero del hogar"
    "|telephone domicile|telefon domowy|telefon domowy 2",
    "phone:car": "car phone|autotelefon|telefono del automovil|telephone voiture",
    "phone:assistant": "assistant s phone|telefon assistent|telefono del ayudante",
    "phone:pager": "pager|pager number|localizador",
    "phone:other": "other phone|callback|radio phone|isdn|telex|tty tdd phone|weiteres telefon|otro telefono"
    "|inny telefon",
    "fax:work": "business fax|fax|fax number|faxnumber|fax geschaftlich|fax del trabajo|telecopie bureau"
    "|faks sluzbowy|faks",
    "fax:home": "home fax|fax privat|fax particular|telecopie domicile|faks domowy",
    "fax:other": "other fax|weiteres fax|otro fax",
    "web:": "web page|website|personal web page|web page 2|webseite|pagina web|strona sieci web|page web|web"
    "|homepage|url"
    "|strona www|web page 1|website url|sitio web",
    "social:skype": "skypename|skype",
    "social:chat": "imaddress|screen name|im address",
    "social:linkedin": "linkedin|linkedin url|linkedin bio",
    "tax:": "tax id|tax number|taxnumber|vat number|vat id|nip|ust idnr|ust id|steuernummer|nif|cif"
    "|resale number tax id|siret"
    "|vat registration number|vat",
    "tax:company number": "companynumber|company number|regon|krs|registration number|handelsregister",
    "tax:government id": "government id number|pesel|dni|regierungs nr",
}

_PARTS = {
    "street": ("street", "street 2", "street 3", "address", "address 2", "address 3", "street address"),
    "city": ("city", "town"),
    "region": ("state", "region", "province", "county"),
    "postal_code": ("postal code", "zip code", "zipcode", "zip", "postcode", "post code"),
    "country": ("country", "country region"),
    "po_box": ("po box", "address po box"),
}
_PURPOSES = {"work": ("business", "work", "company"), "home": ("home",), "other": ("other",), "": ("",)}

_GERMAN = {
    "street": ("strasse", "strasse 2", "strasse 3", "anschrift", "adresse"),
    "city": ("ort", "stadt"),
    "region": ("region", "bundesland", "bundesland kanton"),
    "postal_code": ("postleitzahl", "plz"),
    "country": ("land", "land region"),
    "po_box": ("postfach",),
}
_SPANISH = {
    "street": ("calle", "calle 2", "calle 3", "direccion"),
    "city": ("ciudad", "poblacion"),
    "region": ("provincia", "provincia o estado"),
    "postal_code": ("codigo postal",),
    "country": ("pais", "pais o region"),
}
_POLISH = {
    "street": ("ulica", "ulica 2", "ulica 3", "adres"),
    "city": ("miejscowosc", "miasto"),
    "region": ("wojewodztwo", "region"),
    "postal_code": ("kod pocztowy",),
    "country": ("kraj", "kraj region", "panstwo"),
}
_FRENCH = {
    "street": ("rue", "rue 2", "rue 3"),
    "city": ("ville",),
    "region": ("dep region", "departement", "etat prov"),
    "postal_code": ("code postal",),
    "country": ("pays", "pays region"),
}
# (parts, how a purpose is said around a part)
_ADDRESSES = (
    (_PARTS, {purpose: [f"{word} {{}}".strip() for word in words] for purpose, words in _PURPOSES.items()}),
    (
        _GERMAN,
        {"work": ["{} geschaftlich"], "home": ["{} privat"], "other": ["weiteres {}", "weiterer {}"], "": ["{}"]},
    ),
    (
        _SPANISH,
        {"work": ["{} del trabajo", "{} de trabajo"], "home": ["{} particular", "{} de residencia"], "": ["{}"]},
    ),
    (_POLISH, {"work": ["adres sluzbowy {}", "{} sluzbowy"], "home": ["adres domowy {}"], "": ["{}"]}),
    (_FRENCH, {"work": ["{} bureau"], "home": ["{} domicile"], "": ["{}"]}),
)
_XERO = {
    "street": ("addressline1", "addressline2", "addressline3", "addressline4"),
    "city": ("city",),
    "region": ("region",),
    "postal_code": ("postalcode",),
    "country": ("country",),
}

CLIENT_FIELDS = {
    "client.number": "number|client number|client no|file number|kundennummer|numer klienta",
    "kind": "kind|type|party kind|contact type",
    "client.standing": "standing|client standing|status",
    "client.grade": "grade|client grade",
    "client.since": "since|client since|open date|kunde seit",
    "client.valued": "valued|what they value",
    "client.rhythm_days": "rhythm days|rhythm_days",
}


def _fields() -> dict[str, str]:
    known = {name: field for field, names in _NAMES.items() for name in names.split("|")}
    for parts, purposes in _ADDRESSES:
        for purpose, forms in purposes.items():
            for part, names in parts.items():
                for form in forms:
                    for name in names:
                        known.setdefault(form.format(name).strip(), f"{part}:{purpose}")
    for purpose, start in (("post", "po"), ("street", "sa")):
        for part, names in _XERO.items():
            known.update((start + name, f"{part}:{purpose}") for name in names)
    return known


FIELDS: dict[str, str] = _fields()
CLIENT_NAMES: dict[str, str] = {name: field for field, names in CLIENT_FIELDS.items() for name in names.split("|")}

# The program a table comes from: columns that only its files have together.
SIGNATURES: tuple[tuple[str, frozenset[str]], ...] = (
    ("google", frozenset({"e mail 1 value"})),
    ("google", frozenset({"given name yomi"})),
    ("google", frozenset({"organization name", "labels"})),
    ("outlook", frozenset({"business street", "e mail address"})),
    ("outlook", frozenset({"strasse geschaftlich", "nachname"})),
    ("outlook", frozenset({"calle del trabajo", "apellidos"})),
    ("outlook", frozenset({"adres sluzbowy ulica", "nazwisko"})),
    ("outlook", frozenset({"rue bureau", "nom"})),
    ("thunderbird", frozenset({"display name", "primary email"})),
    ("linkedin", frozenset({"connected on", "company", "position"})),
    ("hubspot", frozenset({"record id", "email"})),
    ("clio", frozenset({"primary phone", "business street", "email address"})),
    ("xero", frozenset({"contactname", "emailaddress"})),
    ("quickbooks", frozenset({"full name", "company", "email"})),
    ("quickbooks", frozenset({"customer full name", "email"})),
)

# What programs write into each row and nobody entered: not worth keeping as a field of one's own.
NOISE = frozenset(
    {
        "",
        "normal",
        "smtp",
        "false",
        "falsch",
        "falso",
        "falsz",
        "faux",
        "unspecified",
        "keine angabe",
        "0/0/00",
        "00/00/0000",
        "ex",
        "nicht angegeben",
        "sin especificar",
        "nieokreslona",
        "no",
    }
)
EMPTY_DATES = frozenset({"0/0/00", "0/0/0000", "00/00/00", "00/00/0000", "0.0.00", "00.00.0000", "0000-00-00"})
