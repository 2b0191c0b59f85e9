"""Made-up names. Likeness to anybody is chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

PLACES = [
    "Fjellsyn",
    "Lauvdal",
    "Gråsten",
    "Heimtun",
    "Solbrekke",
    "Nordlykt",
    "Ravnås",
    "Trollbekk",
    "Eikelund",
    "Furumo",
    "Granstad",
    "Bjørkehaug",
    "Skarheim",
    "Storåsen",
    "Tjernvik",
    "Myrland",
    "Kvernbekk",
    "Vindheim",
    "Sagadal",
    "Steinsrud",
    "Høgmo",
    "Rognlund",
    "Seljevoll",
    "Ospedal",
    "Hasselåsen",
    "Lyngheim",
    "Røyslid",
    "Bergsund",
    "Dalsnut",
    "Elvetangen",
    "Kvitås",
    "Langmyr",
    "Mosevoll",
    "Nattland",
    "Åsgrend",
    "Ørneflog",
    "Bekkevar",
    "Dunstein",
    "Einertun",
    "Frostmo",
    "Glimmer",
    "Haukelid",
    "Isbrekka",
    "Juvstøyl",
    "Klokkarvik",
    "Lerkemo",
    "Måneskin",
    "Nøkkerose",
    "Orrhaug",
    "Plommedal",
    "Revehi",
    "Skyttel",
    "Tiurleik",
    "Ulvemo",
    "Vårsol",
    "Yllevoll",
    "Ærfugl",
    "Øykjelid",
    "Ånåsen",
    "Blåklokke",
]

FIRST_NAMES = [
    "Anne",
    "Berit",
    "Camilla",
    "Dag",
    "Eirik",
    "Frida",
    "Gunnar",
    "Hanne",
    "Ingrid",
    "Jonas",
    "Kari",
    "Lars",
    "Marit",
    "Nils",
    "Oda",
    "Per",
    "Ragnhild",
    "Sondre",
    "Tone",
    "Ulrik",
    "Vilde",
    "Yngve",
    "Åse",
    "Ola",
    "Solveig",
    "Torstein",
    "Bjørg",
    "Halvor",
    "Liv",
    "Markus",
    "Nora",
    "Olav",
    "Sigrid",
    "Terje",
    "Aslaug",
    "Tarjei",
    "Gro",
    "Even",
    "Maja",
    "Sigurd",
    "Amalie",
    "Aisha",
    "Mohammed",
    "Piotr",
    "Agnieszka",
    "Fatima",
    "Linh",
    "Yusuf",
]

LAST_NAMES = [
    "Lundemo",
    "Bakkeli",
    "Haugstøyl",
    "Sandbrekke",
    "Nordgarden",
    "Solhaug",
    "Vikmo",
    "Åsheim",
    "Tveitan",
    "Moen",
    "Lie",
    "Bergland",
    "Skogly",
    "Fosslid",
    "Dale",
    "Strandvik",
    "Hagalund",
    "Brekkemo",
    "Nygarden",
    "Eidsmo",
    "Kvamme",
    "Rønningen",
    "Sletta",
    "Teigland",
    "Holtan",
    "Myrvoll",
    "Kleivane",
    "Bråten",
    "Øygarden",
    "Ahmed",
    "Nowak",
    "Nguyen",
]


@dataclass(frozen=True)
class Trade:
    """What an organisation does: the word in its name, its industry (SN2007), its form, sector and usual size."""

    word: str
    industry: str
    form: str = "AS"
    sector: str = "2100"
    least: int = 1
    most: int = 20


TRADES = (
    Trade("Bygg", "41.200", most=40),
    Trade("Snekkeri", "43.320"),
    Trade("Elektro", "43.210", most=30),
    Trade("Rør", "43.221"),
    Trade("Data", "62.010", most=35),
    Trade("Regnskap", "69.201"),
    Trade("Arkitekter", "71.112", most=12),
    Trade("Rådgivning", "70.220", most=10),
    Trade("Frukt", "01.240", "ENK", "8200", most=6),
    Trade("Gard", "01.500", "ENK", "8200", most=3),
    Trade("Bryggeri", "11.050", most=15),
    Trade("Bakeri", "10.710"),
    Trade("Hotell", "55.101", least=8, most=60),
    Trade("Kafé", "56.101", most=12),
    Trade("Camping", "55.301", most=8),
    Trade("Sport", "47.641"),
    Trade("Mekaniske", "25.620", least=5, most=110),
    Trade("Treindustri", "16.230", least=5, most=80),
    Trade("Energi", "35.111", least=5, most=55),
    Trade("Transport", "49.410", most=45),
    Trade("Barnehage", "88.911", "SA", "2100", 6, 25),
    Trade("Omsorg", "88.101", least=5, most=70),
    Trade("Fysioterapi", "86.902", "ENK", "8200", 1, 5),
    Trade("Film", "59.110", most=8),
    Trade("Forlag", "58.110", most=9),
    Trade("Kunstverksted", "90.039", "ENK", "8200", 1, 2),
    Trade("Reklame", "73.110", most=14),
    Trade("Eiendom", "68.209", most=6),
    Trade("Auto", "45.200", most=25),
    Trade("Dyreklinikk", "75.000", most=9),
    Trade("Friluft", "93.299", most=7),
    Trade("Skog", "02.200", most=12),
    Trade("Analyse", "72.190", most=30),
    Trade("Laboratorium", "71.200", most=22),
    Trade("Ingeniører", "71.129", least=3, most=50),
    Trade("Spill", "58.210", most=11),
    Trade("Design", "74.102", most=7),
    Trade("Idrettslag", "93.120", "FLI", "7000", 0, 3),
    Trade("Kulturlag", "94.991", "FLI", "7000", 0, 2),
    Trade("Regionmuseum", "91.021", "STI", "7000", 4, 25),
)


def organisations(chance: Random) -> Iterator[tuple[str, Trade]]:
    """Names that are all different, with what each does."""
    pairs = [(place, trade) for place in PLACES for trade in TRADES]
    chance.shuffle(pairs)
    for place, trade in pairs:
        ending = f" {trade.form}" if trade.form in ("AS", "SA") else ""
        yield f"{place} {trade.word}{ending}", trade


def people(chance: Random) -> Iterator[str]:
    """Names of people; two may have the same, as in life."""
    while True:
        yield f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
