"""What the made-up activities are called. They are content, so they are in Norwegian whatever the reader's language."""

THESES = (
    "Lønnsomhet i grønn reiseliv",
    "Energibruk i eldre næringsbygg",
    "Rekruttering av ingeniører til distriktet",
    "Digital markedsføring for små bedrifter",
    "Vannkvalitet nedstrøms dyrket mark",
    "Friluftsliv som folkehelsetiltak",
    "Generasjonsskifte i familiebedrifter",
    "Prediktivt vedlikehold i treindustrien",
    "Sporing av frukt fra hage til hylle",
    "Universell utforming av turstier",
    "Omdømme og stedsutvikling",
    "Bruk av åpne data i kommunal planlegging",
)
PROPOSALS = (
    "Ladeplasser for hytteområder",
    "Restvarme fra sagbruk",
    "Nærmat på skolekjøkkenet",
    "Sensorer i gamle kornsiloer",
    "Mobilitet uten egen bil",
    "En strategi for hele konsernet",
    "Turkart for rullestol",
    "Gjenbruk av byggematerialer",
    "Arkiv for lokale bilder",
)
PLACEMENTS = (
    "Praksis i økonomi og ledelse",
    "Praksis i friluftsliv",
    "Praksis i natur- og miljøfag",
    "Praksis i informatikk",
    "Praksis i idrett og folkehelse",
    "Praksis i kultur og formidling",
    "Praksis i regnskap",
)
PROJECTS = (
    "Nettside med bestilling",
    "Markedsplan for sommersesongen",
    "Kartlegging av kundereisen",
    "Miljøregnskap for en produksjonslinje",
    "Aktivitetsplan for et nytt uteområde",
    "Styringssystem for internkontroll",
    "Skisse til visningssenter",
)
SUBJECTS = ("6105N Bedriftsutvikling", "6012 Prosjektarbeid", "5602 Systemutvikling", "4317 Miljøledelse")
CHALLENGES = (
    "Hvordan få flere til å sykle til jobb?",
    "Et eplemottak uten svinn",
    "Leirskolen i 2030",
    "Varme fra bryggeriet til drivhuset",
    "En app for frivillige",
    "Hyttefolk som hverdagskunder",
    "Tomme lokaler i sentrum",
    "Gjenbruk av byggevarer",
)
LECTURES = (
    "Å starte bedrift etter studiene",
    "En dag på et regnskapskontor",
    "Kunstig intelligens i produksjonen",
    "Fra idé til hyllevare",
    "Ledelse i en liten bedrift",
    "Naturforvaltning i praksis",
    "Sikkerhet i skyen",
    "Reiseliv utenom sesongen",
)
VISITS = (
    "Omvisning i produksjonen",
    "Yrkesfaglig fordypning: en dag i verkstedet",
    "Besøk på byggeplass",
    "Elevbesøk på gården",
    "Besøk i verksted og butikk",
)
COURSES = (
    "Regneark for ledere",
    "Digital markedsføring",
    "Styrearbeid i små selskaper",
    "Prosjektledelse",
    "Grønn omstilling i egen bedrift",
    "Personvern i praksis",
    "Vertskap og service",
    "HMS for ledere",
    "Tilbudsskriving og anskaffelser",
)
NETWORKS = tuple(
    f"Nettverk for {subject}"
    for subject in (
        "studentarbeid",
        "trebruk",
        "frukt og bær",
        "reiseliv",
        "IKT",
        "energi",
        "kulturnæring",
        "regnskap og økonomi",
        "bygg og anlegg",
        "grønn transport",
        "folkehelse",
        "gründere",
        "lokalmat",
        "friluftsliv",
        "lærlinger",
        "sirkulær økonomi",
        "spill og film",
        "vannmiljø",
        "design",
        "velferdsteknologi",
        "handel i sentrum",
        "mekanisk industri",
        "kvinner i ledelse",
        "internasjonale studenter",
        "åpne data",
    )
)
JOBS = (
    "Ingeniør",
    "Systemutvikler",
    "Økonom",
    "Prosjektleder",
    "Arkitekt",
    "Miljørådgiver",
    "Markedsansvarlig",
    "Spesialpedagog",
    "Forsker",
    "Designer",
    "Fagsjef",
    "Analytiker",
)
