from django.urls import path

from samtall.agreements import views

urlpatterns = [
    path("aktiviteter/<int:pk>/avtale/ny/", views.new, name="agreement-new"),
    path("avtaler/<int:pk>/", views.agreement, name="agreement"),
    path("avtaler/<int:pk>/avtale.pdf", views.pdf, name="agreement-pdf"),
    path("avtaler/<int:pk>/endre/", views.change, name="agreement-change"),
    path("avtaler/<int:pk>/sendt/", views.send, name="agreement-send"),
    path("avtaler/<int:pk>/underskrift/", views.sign, name="agreement-sign"),
    path("avtaler/<int:pk>/avlys/", views.cancel, name="agreement-cancel"),
]
