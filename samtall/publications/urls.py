from django.urls import path

from samtall.publications.views import correcting, files, frames, paper, reading, working

urlpatterns = [
    path("publikasjoner/", reading.editions, name="publications"),
    path("publikasjoner/ny/", working.new, name="publication-new"),
    path("publikasjoner/<slug:slug>/", reading.latest, name="publication"),
    path("publikasjoner/<slug:slug>/<int:number>/", reading.edition, name="edition"),
    path("publikasjoner/<slug:slug>/<int:number>/rettelser/", correcting.corrected, name="edition-corrections"),
    path("publikasjoner/<slug:slug>/<int:number>/publikasjon.json", files.document, name="edition-json"),
    path("publikasjoner/<slug:slug>/<int:number>/tall.csv", files.table, name="edition-csv"),
    path("publikasjoner/<slug:slug>/<int:number>/tall.xlsx", files.spreadsheet, name="edition-xlsx"),
    path("publikasjoner/<slug:slug>/<int:number>/rettelser.pdf", paper.corrected, name="edition-corrections-pdf"),
    path("publikasjoner/<slug:slug>/<int:number>/<str:language>.pdf", paper.edition, name="edition-pdf"),
    path("publikasjoner/<slug:slug>/<int:number>/tall/<slug:anchor>/", frames.figure, name="edition-figure"),
    path("bygg-inn/<slug:slug>/<int:number>/<slug:anchor>/", frames.framed_figure, name="framed-figure"),
    path("bygg-inn/<slug:slug>/<int:number>/<slug:anchor>.svg", frames.image, name="framed-figure-image"),
    path("bygg-inn/<slug:slug>/siste/<slug:figure>/", frames.framed_newest, name="framed-newest-figure"),
    path("bygg-inn/<slug:slug>/siste/<slug:figure>.svg", frames.newest_image, name="framed-newest-image"),
    path("katalog.ttl", files.turtle, name="catalogue-ttl"),
    path("katalog.jsonld", files.json_ld, name="catalogue-jsonld"),
    path("publikasjoner/<slug:slug>/<int:number>/arbeid/", working.desk, name="edition-desk"),
    path("publikasjoner/<slug:slug>/<int:number>/legg-fram/", working.propose, name="edition-propose"),
    path("publikasjoner/<slug:slug>/<int:number>/godkjenn/", working.approve, name="edition-approve"),
    path("publikasjoner/<slug:slug>/<int:number>/send-tilbake/", working.send_back, name="edition-return"),
    path("publikasjoner/<slug:slug>/<int:number>/trekk/", working.withdraw, name="edition-withdraw"),
    path("publikasjoner/<slug:slug>/<int:number>/ny/", working.new_edition, name="edition-new"),
]
