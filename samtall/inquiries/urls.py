from django.urls import path

from samtall.inquiries.views import acts, desk, handover, public, sender, setup

urlpatterns = [
    path("kontakt/", public.contact_forms, name="contact-forms"),
    path("kontakt/bekreft/<str:key>/<str:token>/", public.confirm, name="contact-confirm"),
    path("kontakt/sak/<str:number>/<str:token>/", sender.case, name="contact-case"),
    path("kontakt/<slug:slug>/", public.contact_form, name="contact-form"),
    path("kontakt/<slug:slug>/virksomhet/", public.lookup, name="contact-lookup"),
    path("kontakt/<slug:slug>/e-post/", public.confirm_sent, name="contact-confirm-sent"),
    path("kontakt/<slug:slug>/mottatt/<str:number>/<str:token>/", public.receipt, name="contact-receipt"),
    path("innfelt/kontakt/<slug:slug>/", public.framed_form, name="framed-contact-form"),
    path("innfelt/kontakt/<slug:slug>/virksomhet/", public.lookup, name="framed-contact-lookup"),
    path("innfelt/kontakt/<slug:slug>/e-post/", public.framed_confirm_sent, name="framed-contact-confirm-sent"),
    path(
        "innfelt/kontakt/<slug:slug>/mottatt/<str:number>/<str:token>/",
        public.framed_receipt,
        name="framed-contact-receipt",
    ),
    path("kontaktskjema/", setup.forms, name="form-setups"),
    path("kontaktskjema/nytt/", setup.new, name="form-new"),
    path("kontaktskjema/<slug:slug>/", setup.setup, name="form-setup"),
    path("kontaktskjema/<slug:slug>/endre/", setup.change, name="form-change"),
    path("henvendelser/", desk.inquiries, name="inquiries"),
    path("henvendelser/<str:number>/", desk.inquiry, name="inquiry"),
    path("henvendelser/<str:number>/ta/", desk.take, name="inquiry-take"),
    path("henvendelser/<str:number>/overlever/", handover.choose, name="inquiry-choose"),
    path("henvendelser/<str:number>/overlever/<slug:code>/", handover.hand_over, name="inquiry-handover"),
    path("henvendelser/<str:number>/<slug:verb>/", acts.act, name="inquiry-act"),
]
