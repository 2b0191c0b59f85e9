"""Parts that made-up Norwegian names are put together of."""

GIVEN = """Anne Inger Kari Marit Ingrid Liv Eva Anna Maria Ida Hilde Berit Nina Astrid Bjørg Marianne Solveig Randi Ragnhild
Bente Gerd Elisabeth Hege Silje Camilla Emma Nora Sofie Julie Thea Kristin Heidi Tone Grete Sissel Åse Gro Turid Jorunn
Jan Per Bjørn Ole Lars Kjell Knut Svein Arne Thomas Geir Hans Morten Tor Martin Terje Odd Erik Andreas John Anders Rune
Trond Tore Daniel Jon Kristian Harald Helge Olav Rolf Gunnar Leif Nils Tom Ivar Sindre Magnus Henrik Jonas Emil Håkon
Øystein Øyvind Åge Sverre Steinar Roar Stian Eirik Vegard Torbjørn Asbjørn Sigurd Halvor Gunleik Tarjei Aslak Mohammad
Ali Ahmed Fatima Anna-Lena Piotr Krzysztof Agnieszka Tomasz Jonas-Erik Amir Linh Nguyen Vytautas Jolanta""".split()

SURNAMES = """Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen Pettersen Eriksen
Berg Haugen Hagen Johannessen Andreassen Jacobsen Dahl Jørgensen Henriksen Lund Halvorsen Sørensen Jakobsen Moen
Gundersen Iversen Strand Solberg Svendsen Eide Knutsen Martinsen Paulsen Bakken Kristoffersen Mathisen Lie Amundsen
Rasmussen Lunde Solheim Berge Moe Nygård Bakke Kristensen Fredriksen Holm Lien Hauge Christensen Andresen Nielsen
Knudsen Evensen Sæther Aas Myhre Hanssen Ahmed Haugland Thomassen Sivertsen Simonsen Danielsen Berntsen Sandvik Rønning
Arnesen Næss Vik Haug Ellingsen Antonsen Edvardsen Thorsen Vold Isaksen Gulbrandsen Ruud Aasen Strøm Myklebust Tangen
Ødegård Eliassen Helland Bøe Jenssen Aune Mikkelsen Tveit Brekke Abrahamsen Madsen Engen Christiansen Bjerke Kvamme
Ali Nguyen Kowalski Nowak Wiśniewski Singh Hussain Khan Tøfte Bråten Bråthen Ødegaard Nygaard Aasland Åsland Øverland
Gjerde Skår Skaar Fjeld Fjell Hjelle Hjellum Røe Rød Sæter Sætre Vågen Vaagen Ås Aase Øien Øyen Heggelund Skogstad""".split()

ROOTS = """Sol Bjørke Furu Gran Hauge Stor Lille Nord Sør Øst Vest Mid Ulv Elg Bjørn Stein Berg Fjell Skog Lund Vik Nes
Strand Elve Foss Dal Li Mo Bø Tve Rød Grøn Hvit Svart Kvern Mølle Kirke Preste Bispe Konge Lang Brei Smal Høy Lav Våg
Sund Havn Sjø Tjern Åker Eng Myr Hei Lyng Ask Eik Lind Hassel Rogn Or Selje Kors Hest Kalv Geit Laks Torsk Sild Ørne
Falk Ravn Due Svane Tran Rype Raven Heim Gamle Ny Inner Ytre Øvre Nedre Aust""".split()

ENDINGS = """vik nes dal heim land stad set rud by haug ås li moen bakken sund fjord øy holm strand berg fjell foss elv
vatn tjern eng myr mo bø tveit vang voll lia sletta havn bukta""".split()

BRANDS = """nor vest tek nova alfa viking arktis polar fjor tind hav kyst terra luna sol prim opti maxi mini multi uni
inter pro eko bio geo hydro aero robo data digi info cyber net web sky core line fix bygg vent elek therm mek stål tre
glass plast mat kost helse fit spa mod sti stil art kunst lyd lys foto film scen musi lek barn ung sen""".split()
BRAND_ENDINGS = (
    """a o ex ix on um ia en era ica eko tek net com plan sys tech lab hub nor via tra med gro max""".split()
)

TRADES = """Bygg Eiendom Transport Maskin Elektro Rør Tak Mur Maling Snekker Tømrer Regnskap Rådgivning Invest Holding
Consult Consulting Service Renhold Hagebruk Landbruk Skog Fisk Havbruk Bil Dekk Auto Verksted Mekaniske Trelast Møbel
Interiør Design Reklame Foto Film Musikk Trening Helse Fysioterapi Tannlege Legesenter Frisør Hudpleie Optikk Apotek
Catering Bakeri Kafé Restaurant Hotell Camping Gård Turbuss Taxi Spedisjon Logistikk Lager Utleie Anlegg Entreprenør Betong
Stål Sveis Industri Energi Kraft Solenergi Ventilasjon Varme Kjøling Sikkerhet Lås Alarm Data IT Software Systemer Utvikling
Arkitekter Ingeniør Oppmåling Takst Advokat Kapital Finans Forsikring Bemanning Kurs Trafikkskole Barnehage Gartneri
Blomster Sport Klær Sko Gull Klokker Bok Leker Zoo Hund Hest Rideklubb Golf Båt Marina Shipping Offshore Subsea
Prosjekt Eiendomsutvikling Boligutvikling Hytter Byggservice Tømmer Graving Sprengning Asfalt Drift""".split()

SOCIETIES = [
    "idrettslag", "velforening", "skytterlag", "ungdomslag", "bondelag", "jeger- og fiskerforening",
    "pensjonistforening", "musikkorps", "skolekorps", "historielag", "hagelag", "sanitetsforening", "bygdekvinnelag",
    "fotballklubb", "håndballklubb", "skiklubb", "turlag", "sangkor", "mannskor", "teaterlag", "husflidslag",
    "helselag", "Samaritter", "speidergruppe", "motorklubb", "båtforening", "grendelag", "veilag", "vannverk",
    "beitelag", "sau og geit", "misjonsforening", "menighet", "4K", "nærmiljøutvalg", "samfunnshus",
    "revmatikerforening", "hundeklubb", "sykkelklubb", "rideklubb", "mållag", "Lionett Club", "Rotor klubb",
]  # fmt: skip

PUBLIC = [
    "skole", "barneskole", "ungdomsskole", "barnehage", "sykehjem", "omsorgssenter", "kulturskole", "legevakt",
    "bibliotek", "hjemmetjeneste", "voksenopplæring", "helsestasjon", "renovasjon", "brannvesen", "bo- og aktivitetssenter",
]  # fmt: skip
DEPARTMENTS = [
    "oppvekst",
    "helse og omsorg",
    "teknisk",
    "kultur",
    "næring",
    "barnevern",
    "eiendom",
    "sentraladministrasjon",
]
STREETS = ["Storgata", "Kirkeveien", "Skolegata", "Industrivegen", "Strandgata", "Bakkegata", "Parkveien", "Torget",
           "Jernbanegata", "Fjordvegen", "Solbakken", "Skogvegen", "Havnegata", "Elvegata", "Nygata"]  # fmt: skip
FOREIGN = ["Nordic", "Arctic", "Global", "Scandinavian", "Baltic", "Euro", "Green", "Blue", "Smart", "Prime", "First",
           "Ocean", "Marine", "Digital", "Urban", "Fresh", "Happy", "Golden", "Silver", "Royal"]  # fmt: skip
FOREIGN_THINGS = ["Solutions", "Group", "Services", "Management", "Partners", "Technology", "Capital", "Trading",
                  "Systems", "Energy", "Seafood", "Logistics", "Studio", "Media", "Analytics", "Engineering"]  # fmt: skip
#: What people write for what the register says; of the noise's own, apart from the matcher's table.
SHORTER = {
    "kommune": ["kom.", "komm.", "kommune"], "fylkeskommune": ["fk.", "fylkeskomm."], "videregående": ["vgs", "vg."],
    "ungdomsskole": ["u.skole", "ungdomssk."], "barneskole": ["barnesk."], "skole": ["sk."], "barnehage": ["bhg", "bhg."],
    "entreprenør": ["entr.", "entrep."], "transport": ["transp.", "trans."], "eiendom": ["eiend.", "eiend"],
    "elektro": ["el.", "elektr."], "mekaniske": ["mek.", "mek"], "verksted": ["verkst.", "verkst"],
    "regnskap": ["regnsk."], "idrettslag": ["IL", "idr.lag"], "fotballklubb": ["FK", "fotb.kl."],
    "velforening": ["vel", "velforen."], "maskin": ["mask."], "service": ["serv."], "rådgivning": ["rådg."],
    "consulting": ["cons."], "og": ["&", "+"], "norge": ["N."], "ingeniør": ["ing."], "trafikkskole": ["trafikksk."],
    "industri": ["ind.", "ind"], "invest": ["inv."], "utvikling": ["utv.", "utv"], "arkitekter": ["ark."],
    "sanitetsforening": ["san.for.", "sanitetsfor."], "pensjonistforening": ["pensj.for.", "pensjonistlag"],
}  # fmt: skip
NYNORSK = {
    "videregående": "vidaregåande", "skole": "skule", "ungdomsskole": "ungdomsskule", "barneskole": "barneskule",
    "kulturskole": "kulturskule", "velforening": "velforeining", "forening": "foreining", "sykehjem": "sjukeheim",
    "hjemmetjeneste": "heimeteneste", "eiendom": "eigedom", "regnskap": "rekneskap", "rådgivning": "rådgjeving",
    "snekker": "snikkar", "tømrer": "tømrar", "helsestasjon": "helsestasjon", "veilag": "veglag",
    "vannverk": "vassverk", "menighet": "kyrkjelyd", "rør": "røyr", "maling": "måling", "renhold": "reinhald",
    "borettslag": "burettslag", "boligsameie": "bustadsameige", "sameiet": "sameiga", "gård": "gard",
    "sanitetsforening": "sanitetsforeining", "pensjonistforening": "pensjonistforeining", "barnehage": "barnehage",
    "norge": "noreg", "øst": "aust", "trafikkskole": "trafikkskule", "voksenopplæring": "vaksenopplæring",
}  # fmt: skip
