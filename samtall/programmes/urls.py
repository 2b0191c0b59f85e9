from django.urls import path

from samtall.programmes.views import comparing, editing, reading, regions

urlpatterns = [
    path("program/", reading.programmes, name="programmes"),
    path("program/ny/", editing.new, name="programme-new"),
    path("program/sammenlign/", comparing.regions, name="programmes-compare"),
    path("regioner/", regions.regions, name="regions"),
    path("regioner/ny/", regions.region_new, name="region-new"),
    path("regioner/<slug:slug>/", regions.region, name="region"),
    path("program/<slug:slug>/", reading.programme, name="programme"),
    path("program/<slug:slug>/fil/", reading.download, name="programme-file"),
    path("program/<slug:slug>/fil/ny/", editing.upload, name="programme-upload"),
    path("program/<slug:slug>/endre/", editing.change, name="programme-change"),
    path("program/<slug:slug>/endringer/", reading.changes, name="programme-changes"),
    path("program/<slug:slug>/endre/<slug:sort>/ny/", editing.new_part, name="programme-part-new"),
    path("program/<slug:slug>/endre/<slug:sort>/<int:pk>/", editing.part, name="programme-part"),
    path("program/<slug:slug>/endre/<slug:sort>/<int:pk>/fjern/", editing.remove_part, name="programme-part-remove"),
    path("program/<slug:slug>/mal/<slug:target>/", reading.target, name="target"),
    path("program/<slug:slug>/mal/<slug:target>/sammenlign/", comparing.parts, name="target-compare"),
    path("aktiviteter/<int:pk>/maal/", editing.serves, name="activity-goals"),
]
