from django.urls import path

from samtall.publications.views import correcting, files, paper, reading, working

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
    path("publikasjoner/<slug:slug>/<int:number>/arbeid/", working.desk, name="edition-desk"),
    path("publikasjoner/<slug:slug>/<int:number>/legg-fram/", working.propose, name="edition-propose"),
    path("publikasjoner/<slug:slug>/<int:number>/godkjenn/", working.approve, name="edition-approve"),
    path("publikasjoner/<slug:slug>/<int:number>/send-tilbake/", working.send_back, name="edition-return"),
    path("publikasjoner/<slug:slug>/<int:number>/trekk/", working.withdraw, name="edition-withdraw"),
    path("publikasjoner/<slug:slug>/<int:number>/ny/", working.new_edition, name="edition-new"),
]
