"""The given names that stand for each other, folded: short forms, pet names and the same name in the next language."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

# One line is one name; the first word is its full form. A word may stand in several lines (Alex, Ola, Lina).
GROUPS = """
abigail abby abbie gail
adalbert wojciech wojtek wojtus
adam adas adamek
agata agatka agatha
agnieszka aga agusia agnes ines
albert bert al bertie alberto
aleksandra ola olenka olka alexandra alejandra sandra sasha alex ale
aleksander olek alek alexander alejandro alex al sandy sasha aleksandr
alfonso fonso poncho alfons
alfred alf alfie fred alfredo
alicja ala alutka alicia alice
amelia amy millie mela
ana anita anna anka ania anne ann annie hanna hannah hania anusia
andrzej jedrek jedrus andrew andy drew andres andre andrei andrey
angel gelo angelo
angela angie angelica
anthony tony ant antonio toni anton antoni antek tonio tono nono
antonia tona toni tonia antonina tosia
arthur art artie arturo artur
barbara basia baska barb barbie babs
bartlomiej bartek bartosz bart bartholomew bartolome
beatrice bea trixie beatriz beata beatka
begona bego
benjamin ben benny benji benito
bernard bernie bernardo
boguslaw bogdan bogus bohdan
boleslaw bolek
carlos charlie carlitos charles charly chuck chas karol karolek carlo karl carl
carmen carmela carmelo menchu mamen
caroline carol carrie carolina karolina karolcia lina
catherine cathy kate katie kathy kitty katherine kathryn cath catalina cata katarzyna kasia kaska kasienka kathleen
cecilia ceci cecylia cecily
charlotte lottie charlie carlota
christina chris chrissy tina cristina cris krystyna krysia kristina christine
christopher chris kit topher cristobal krzysztof krzysiek krzys christoph
concepcion concha conchita conchi
consuelo chelo
czeslaw czesiek
daniel dan danny dani danek danilo
danuta danka danusia
david dave davy davey dawid
deborah deb debbie
dionisio dioni dennis den denis
dolores lola loli
dominik dominic domingo mingo dom nick
dorota dorotka dorothy dot dottie dorotea
edmund ed eddie ned edmundo
edward ed eddie ted teddy ned eduardo edu edek edzio
eleanor ellie nell nora leonor ela eleonora
elizabeth liz lizzie beth betty bess eliza lisa libby betsy isabel elzbieta ela elzunia izabela
elizabeth elisabeth isabel isabella isa bel
emily em emma emilia emi milka
encarnacion encarna encarni
enrique quique kike henry harry hank hal henryk heniek enric
ernest ernie ernesto ernst
esperanza espe
eugenia gena gienia geno eugenie
eugene gene eugenio eugeniusz gienek
ewa ewka ewunia eva eve evie
feliks felix
fernando nando fer ferdinand
filip philip phil pip felipe felip
florence flo flossie
francisca paca paqui frances fran fanny franciszka frania
francisco paco pancho curro kiko fran paquito frank francis franciszek franek frankie franco patxi
frederick fred freddie freddy federico fede fryderyk
gabriel gabi gabe gabrys
gabriela gabi gaby gabrysia gabrielle
geoffrey geoff jeff jeffrey
george georgie jorge jerzy jurek jurij yuri georg georgi georgios yorgos
gerald gerry jerry gerardo gerard
gertrude trudy gertrudis gertruda
gonzalo gonza
gregory greg gregorio goyo grzegorz grzes grzesiek
guadalupe lupe lupita
guillermo guille memo william bill billy will willy liam wilhelm willem vilem
gustavo tavo gus gustaw
halina halinka hala
harold harry hal
helena helenka hela helen elena nell lena ellen
herman hermann german
hipolito poli
honorata honor nora
ignacio nacho inaki ignasi ignacy ignac ignatius inigo
ines agnes inez
irena irka irenka irene
iwona iwonka yvonne ivonne
izabela iza izka isabel isabela
jacek jacus hyacinth jacinto
jacob jake jakub kuba kubus jacobo jaime james jim jimmy jamie santiago santi diego yago
jadwiga jadzia hedwig eduvigis
jan janek jas jasiek john johnny jack juan juanito johan johannes hans ivan ian sean evan jean ioannis yannis jon
janina janka jasia jane janet janice joanna joan
jennifer jen jenny jenna
jesus chus chuy suso
jessica jess jessie
joanna asia aska joasia joan joanne juana juanita jo johanna
joaquin quino ximo joachim
jonathan jon jonny nathan
jose pepe pepito chepe joseph joe joey josef jozef jozek joselito giuseppe josep
josefa pepa pepita fina josephine josie jo jozefina jozefa
juan juanito john
judith judy jude judyta
julia jula julka julie julita
julian julek jules julio juliusz julius
kamil kamilek camilo
kamila kamilka camila camilla
kazimierz kazik kazio casimir casimiro
kenneth ken kenny
kinga kunegunda
konrad conrad conrado
laura laurie laurita
lawrence larry laurie lorenzo wawrzyniec laurence
leokadia loda lodzia
leonard len lenny leo leonardo leszek
leopold leo poldek leopoldo polo
leslaw leszek lech
lidia lidka lydia
lourdes lurdes
lucia luci lucy lucja lusia lucille
ludwik lutek louis lou luis lewis ludwig
lukasz luki luke lucas
maciej maciek macius matthias matias
magdalena magda madzia magdusia maddie maggie magdalene lena
malgorzata gosia malgosia goska margaret maggie meg peggy madge margarita marga margot greta rita
manuel manolo manu manny lolo manolito emmanuel
manuela manoli
marcin marcinek martin marty
margaret greta daisy
maria marysia marika mary maryla maruja mari polly molly marie mariam mia masha
marianna maryanna marian
mariusz mariuszek mario
mark marek mareczek marcos marc marcus
marta martusia martha marti
matthew matt matty mateo mateusz mati
maximilian max maks maksymilian maximiliano
melissa mel lissa
mercedes merche mercedita
michael mike mick micky mikey miguel michal misiek michalek mikhail misha michel miquel mikel
mieczyslaw mietek mieczys
miroslaw mirek
montserrat montse
natalia natalka natasha nata talia natalie
nathaniel nate nat nathan
nicholas nick nicky nicolas nico mikolaj mikolajek nikolai kolya miki klaus claus
nicole nicky nikki
norbert nordi norberto
olga olgierd olenka
oliver ollie oliwier
oskar oscar oskarek
pablo pablito paul pawel pawelek pau pavel paulo
pamela pam
patricia pat patty trish tricia patrycja patti
patrick pat paddy patricio patryk
paula paulina paulinka pauline pola
peter pete pedro perico piotr piotrek pero pierre pyotr petros
pilar pili piluca
rachel rach raquel rachela
rafal rafalek rafael rafa raphael rafe
raymond ray raimundo ramon mon rajmund
rebecca becky becca rebeca
remedios reme
renata renia
richard rick dick rich richie ricky ricardo ryszard rysiek
robert bob bobby rob robbie roberto bert robek
rodrigo rodri roderick rod
roger rog rogelio
ronald ron ronnie
rosario charo chari
roman romek romano
rosa rosita rose rosie roza rozalia
rosalia lia rosalie
rudolf rudy rodolfo rolf
salvador salva chava
samuel sam sammy samu
sara sarah sally sarita
sebastian seb bastian sebek bastek sebas
slawomir slawek
sofia zofia zosia zoska sophie sophia sofi
soledad sole
stanislaw stasiek staszek stas stanislao stan stanley
stefan stefek stephen steve steven stevie esteban stephan
stefania stefka stephanie steph estefania
susan sue susie suzy susana susanna zuzanna zuzia zuza
sylwester sylwek silvestre sylvester
sylwia sylwunia silvia sylvia
szymon szymek simon simone
tadeusz tadek tadzio thaddeus tadeo
teresa tere tessa terry tess renia theresa therese teresita maite
theodore ted teddy theo teodoro teodor fedor
thomas tom tommy tomas tomasz tomek
timothy tim timmy timoteo tymoteusz tymek
tobias toby tobiasz
trinidad trini
urszula ula ulka ursula
valentina vale tina walentyna
veronica vero ronnie weronika wera nika
vicente chente vince vincent vin wincenty
victor vic vico wiktor wiktorek
victoria vicky tori vicki wiktoria wika
virginia ginny virgi
walter walt wally
waldemar waldek
wanda wandzia
wieslaw wiesiek wieslawa wiesia
wladyslaw wladek ladislao
wlodzimierz wlodek vladimir vova volodymyr
zbigniew zbyszek zbyniek
zdzislaw zdzisiek
zygmunt zyga zygmus sigmund segismundo
"""


def _read(groups: str) -> dict[str, frozenset[str]]:
    variants: dict[str, set[str]] = defaultdict(set)
    for line in groups.split("\n"):
        words = line.split()
        for word in words:
            variants[word].update(words)
    return {word: frozenset(others - {word}) for word, others in variants.items()}


@cache
def table() -> dict[str, frozenset[str]]:
    """Each given name with the names that may stand for it."""
    return _read(GROUPS)


def variants(word: str) -> frozenset[str]:
    """The other folded forms of a folded given name; empty when none is known."""
    return table().get(word, frozenset())
