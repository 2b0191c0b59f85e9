from django.urls import path

from samtall.activities.views import acts, content, kinds, lists, page, seasons, stages

urlpatterns = [
    path("aktiviteter/", lists.activities, name="activities"),
    path("aktiviteter/slag/", kinds.kinds, name="kinds"),
    path("aktiviteter/slag/<slug:code>/", kinds.kind, name="kind"),
    path("aktiviteter/ny/", kinds.choose, name="activity-choose"),
    path("aktiviteter/ny/<slug:code>/", content.new, name="activity-new"),
    path("aktiviteter/<int:pk>/", page.activity, name="activity"),
    path("aktiviteter/<int:pk>/endre/", content.change, name="activity-change"),
    path("aktiviteter/<int:pk>/deltar/<slug:role>/", content.add_part, name="activity-part-new"),
    path("aktiviteter/<int:pk>/del/<int:part>/", content.change_part, name="activity-part"),
    path("aktiviteter/<int:pk>/del/<int:part>/fjern/", content.remove_part, name="activity-part-remove"),
    path("aktiviteter/<int:pk>/del/<int:part>/sluttet/", acts.drop_out, name="activity-part-left"),
    path("aktiviteter/<int:pk>/dokumentasjon/", content.add_evidence, name="activity-evidence-new"),
    path("aktiviteter/<int:pk>/dokumentasjon/<int:piece>/fil/", content.evidence_file, name="activity-evidence-file"),
    path(
        "aktiviteter/<int:pk>/dokumentasjon/<int:piece>/fjern/",
        content.remove_evidence,
        name="activity-evidence-remove",
    ),
    path("aktiviteter/<int:pk>/status/<slug:verb>/", acts.change_state, name="activity-state"),
    path("aktiviteter/<int:pk>/send-inn/", acts.submit, name="activity-submit"),
    path("aktiviteter/<int:pk>/trekk/", acts.withdraw, name="activity-withdraw"),
    path("aktiviteter/<int:pk>/godkjenn/", acts.validate, name="activity-validate"),
    path("aktiviteter/<int:pk>/returner/", acts.return_to_draft, name="activity-return"),
    path("aktiviteter/<int:pk>/om/<slug:stage>/", stages.tell, name="activity-stage"),
    path("aktiviteter/<int:pk>/milepeler/", stages.plan_milestones, name="activity-milestones"),
    path("aktiviteter/<int:pk>/milepel/ny/", stages.add_milestone, name="activity-milestone-new"),
    path("aktiviteter/<int:pk>/milepel/<int:milestone>/", stages.change_milestone, name="activity-milestone"),
    path(
        "aktiviteter/<int:pk>/milepel/<int:milestone>/fjern/",
        stages.remove_milestone,
        name="activity-milestone-remove",
    ),
    path("sesong/", seasons.seasons, name="seasons"),
    path("sesong/<slug:code>/", seasons.season, name="season"),
    path("godkjenning/", lists.validation, name="validation"),
]
