from django.urls import path

from samtall.privacy.views import corrections, desk, notice, own

urlpatterns = [
    path("personvern/", notice.notice, name="privacy"),
    path("personvern/protokoll/", notice.record, name="privacy-record"),
    path("personvern/innsyn/", own.ask, name="privacy-ask"),
    path("personvern/innsyn/kode/", own.code, name="privacy-code"),
    path("personvern/slettet/", notice.erased, name="privacy-erased"),
    path("personvern/ansvarlig/", desk.desk, name="privacy-desk"),
    path("personvern/ansvarlig/person/", desk.person, name="privacy-person"),
    path("personvern/ansvarlig/retting/<int:pk>/", desk.correction, name="privacy-correction"),
    path("personvern/ansvarlig/fil/<int:pk>/", desk.file, name="privacy-file"),
    path("personvern/rettinger/", corrections.corrections, name="corrections"),
    path("personvern/rettinger/<int:pk>/", corrections.answer, name="correction-answer"),
    path("min-side/", own.mine, name="mine"),
    path("min-side/bekreft/<int:pk>/", own.confirm, name="mine-confirm"),
    path("min-side/opplysninger/", own.data, name="mine-data"),
    path("min-side/opplysninger/fil.json", own.as_json, name="mine-json"),
    path("min-side/opplysninger/fil.html", own.as_html, name="mine-html"),
    path("min-side/retting/", own.correct, name="mine-correct"),
    path("min-side/slett/", own.erase, name="mine-erase"),
]
