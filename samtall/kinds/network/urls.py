from django.urls import path

from samtall.kinds.network import views

urlpatterns = [
    path("nettverk/<int:pk>/", views.network, name="network"),
    path("nettverk/<int:pk>/mote/ny/", views.hold, name="network-meeting-new"),
    path("nettverk/<int:pk>/mote/<int:meeting>/", views.change_meeting, name="network-meeting"),
    path("nettverk/<int:pk>/mote/<str:day>/fjern/", views.remove_meeting, name="network-meeting-remove"),
    path("nettverk/<int:pk>/medlem/<int:part>/slutter/", views.leave, name="network-leave"),
]
