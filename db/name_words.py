"""The words of names that say little by themselves, folded: company forms, honorifics, particles, common words."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Every spelling of a company form, its letters run together ("Sp. z o.o." is spzoo), with the one it stands for.
_FORMS = """
sa: sa sociedadanonima spolkaakcyjna societeanonyme sociedadeanonima sau
sas: sas psa prostaspolkaakcyjna
sl: sl slu sociedadlimitada sociedaddresponsabilidadlimitada srl srlu sociedadderesponsabilidadlimitada
spzoo: spzoo spolkazograniczonaodpowiedzialnoscia spolkazoo zoo spzo spzooo
spk: ska spk spolkakomandytowa spzoospk spzoospolkakomandytowa spkom
spj: spj spolkajawna
sc: sc spolkacywilna sociedadcivil
ltd: ltd limited pteltd ptyltd privatelimited pvtltd coltd companylimited ltda limitada
plc: plc publiclimitedcompany
llp: llp limitedliabilitypartnership
lp: lp limitedpartnership
llc: llc lc limitedliabilitycompany
inc: inc incorporated
corp: corp corporation
co: co company ycia ycompania
gmbh: gmbh gesellschaftmitbeschrankterhaftung gesmbh ggmbh mbh
gmbhcokg: gmbhcokg gmbhandcokg gmbhundcokg
ug: ug ughaftungsbeschrankt
ag: ag aktiengesellschaft
kg: kg kommanditgesellschaft
ohg: ohg offenehandelsgesellschaft
ev: ev eingetragenerverein
se: se societaseuropaea
bv: bv beslotenvennootschap bvba
nv: nv naamlozevennootschap
as: as aksjeselskap aktieselskab asa
aps: aps anpartsselskab
ab: ab aktiebolag publ
oy: oy osakeyhtio oyj oyab
spa: spa societaperazioni
sarl: sarl societearesponsabilitelimitee eurl
sro: sro spolecnostsrucenimomezenym
kft: kft korlatoltfelelossegutarsasag
zrt: zrt nyrt
doo: doo drustvosogranicenomodgovornoscu
uab: uab
sia: sia
ou: ou osauhing
ooo: ooo obshchestvosogranichennoyotvetstvennostyu
oao: oao pao zao ao
tov: tov
ae: ae anonimietairia epe ike
kk: kk kabushikikaisha
coop: coop scoop sccl cooperativa spoldzielnia
fundacion: fundacion fundacja foundation stiftung
"""
FORMS: dict[str, str] = {
    spelling: canonical.strip()
    for canonical, spellings in (line.split(":") for line in _FORMS.strip().splitlines())
    for spelling in spellings.split()
}
# These words also end the names of people, or are most of a company's name: alone they do not prove a company.
WEAK_FORMS: frozenset[str] = _words(
    """
    sa sl sc as ab ag co oy se ev ou ae sas spa sia kg ug lp coop tov ao kk sro aps fundacion
    """
)
# Forms that stand before the name.
LEADING_FORMS: frozenset[str] = _words(
    """
    ooo oao zao pao uab sia ao tov fundacion fundacja foundation stiftung cooperativa spoldzielnia ab pt
    """
)

HONORIFICS: frozenset[str] = _words(
    """
    mr mrs ms miss mx dr prof sir dame lord lady rev fr sr sra srta don dona d lic ing arq dra mgr inz hab hon
    esq jr pan pani panstwo herr frau mme mlle monsieur madame dipl adw kpt gen ks mec notario abogado abogada
    licenciado ingeniero doctor doctora profesor profesora radca adwokat phd mba md llm kc qc ii iii
    """
)

# Honorifics that are also names: dropped only when two words remain.
NAMELIKE_HONORIFICS: frozenset[str] = _words("don dona d fr gen ks hon lord dame lady rev pan mec jr ii iii kc qc md")

PARTICLES: frozenset[str] = _words(
    """
    de la las los el del da do dos das di du van der den von vom zu zum zur af av al bin ibn ben bint abu ter
    ten te le lo della dello degli and und et of the for i y e
    """
)
# Particles that are also given names or initials: only after the first word.
LATE_PARTICLES: frozenset[str] = _words("i y e ben al van do lo te la le abu")

COMMON_COMPANY_WORDS: frozenset[str] = _words(
    """
    group grupo grupa holding holdings consulting consultores consultoria consult services servicios serwis
    uslugi international internacional miedzynarodowy trading trade company compania firma enterprises
    enterprise investments inversiones inwestycje capital partners partnership associates asociados sons hijos
    brothers hermanos solutions soluciones systems sistemas systemy technologies tecnologia technology
    industries industrial properties inmobiliaria nieruchomosci management gestion zarzadzanie invest
    development law legal abogados kancelaria office studio estudio biuro polska espana iberia europe europa
    european global uk deutschland przedsiebiorstwo handlowe produkcyjne zaklad sociedad spolka finance
    financial logistics logistica transport bank insurance
    """
)

# Endings that only say whether a man, a woman or a married woman bears the name.
GENDERED_ENDINGS: tuple[tuple[str, str], ...] = (
    *((f"{c}ki", f"{c}ka") for c in ("s", "c", "dz", "z")),
    *(
        (f"{c}{masculine}", f"{c}{feminine}")
        for c in ("s", "c", "ts", "tz")
        for masculine in ("kiy", "kii", "kyi", "kij", "ky", "ki")
        for feminine in ("kaya", "kaia", "kaja", "ka")
    ),
    *((f"{v}v", f"{v}va") for v in ("o", "e", "yo")),
    *((f"{v}w", f"{v}wa") for v in ("o", "e")),
    ("in", "ina"),
    ("yn", "yna"),
    ("", "ova"),
    ("", "owa"),
    ("a", "ina"),
    ("a", "owna"),
    ("", "owna"),
    ("opoulos", "opoulou"),
    ("idis", "idou"),
    ("adis", "adou"),
    ("akis", "aki"),
    ("ny", "na"),
    ("yy", "aya"),
    ("iy", "aya"),
    ("as", "iene"),
    ("is", "iene"),
    ("us", "iene"),
    ("as", "aite"),
    ("is", "yte"),
    ("us", "ute"),
)
