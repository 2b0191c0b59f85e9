from django.urls import include, path

from samtall.api import service
from samtall.api.views import keys

urlpatterns = [
    path("api/v1/", include(service.addresses())),
    path("api/nokler/", keys.keys, name="api-keys"),
    path("api/nokler/ny/", keys.new, name="api-key-new"),
    path("api/nokler/<int:pk>/trekk-tilbake/", keys.revoke, name="api-key-revoke"),
]
