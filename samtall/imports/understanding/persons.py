"""A person's name where a company should stand."""

from functools import cache

from samtall.base.text import search_key

#: Given names that many have, young and old; not a register of names, only enough to tell a person from a firm.
_GIVEN = """
aase agnes aleksander alexander alf alfred amalie anders andrea andreas ane anette anita anja ann anna anne annette
arild arne arvid asbjørn ask astrid atle audun axel benjamin bente berit bjarne bjørg bjørn bodil børge camilla carina
caroline cathrine cecilie charlotte christian christine christoffer christopher dag dagfinn daniel david edvard egil
eirik eivind elin elisabeth ella else elsa emil emilie emma endre erik erlend erling espen eva even fatima finn frank
fredrik frode frøydis fride georg geir gerd gisle glenn grete gro gudrun gunhild gunn gunnar gunvor guri gustav
halvard halvor hanna hannah hans harald harry hedda hege helene helga helge henning henriette henrik henry hilde
hildegunn håkon håvard ida ine ingeborg inger ingrid ingunn ingvild irene isak iselin ivar iver jakob jan jane
jannicke jarle jens jenny joakim johan johanne johannes john johnny jon jonas jorunn jostein julia julie jørgen jørn
kai karen kari karianne karin karl karoline kathrine katrine kenneth ketil kim kine kirsten kirsti kjell kjersti
kjetil kjartan klara knut kolbjørn kristian kristin kristina kristine kristoffer kåre laila lars lasse laura leif lena
lene leon lillian linda line linn lisa lise liv liva lucas lukas mads magne magnar magnus maja malin maren margrethe
mari maria marianne marie marit marita markus marte martin martine mathias mathilde matias merete mette mia michael
mikael mikkel mohamed mohammad mona monica morten nils nina nora odd oddbjørn oddvar ola olaf olav ole oliver olivia
oskar otto per pernille peter petter pål ragnar ragnhild randi reidar reidun renate roald roar robert rolf rune roy
runar ruth sander sara sebastian signe sigmund sigrid sigurd silje simen siri sissel siv sofia sofie solveig sondre
stein steinar stian stig stine susanne svein sverre synne synnøve sølvi tellef terje thea thomas thor tina tine tobias
tom tomas tommy tone tonje tor torbjørn tore torgeir torhild torill torstein torunn tove trine trond trude trygve tuva
tormod unni ulf une ulrik vegard vera veronica veslemøy vibeke victor vidar vigdis vilde wenche william yngve åge åse
åshild øivind ørjan øystein øyvind
"""


@cache
def _given() -> frozenset[str]:
    return frozenset(_GIVEN.split())


def is_persons_name(text: str) -> bool:
    """Whether a text reads as a person's given name and surname, and as nothing else."""
    words = text.replace("-", " ").split()
    if not 2 <= len(words) <= 4 or not all(word.isalpha() and word[0].isupper() for word in words):
        return False
    if any(word.isupper() and len(word) > 1 for word in words):
        return False  # an abbreviation such as AS
    return search_key(words[0]) in _given()
