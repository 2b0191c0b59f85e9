"""The personal data in what is written of a network's meetings."""

from samtall.base.personal import PUBLIC_TASK, Processing, Text
from samtall.base.text import Words

PROCESSING = (
    Processing(
        code="meetings",
        words=Words("Møter i nettverk", "Møte i nettverk", "Meetings of networks"),
        purpose=Words("Å vise at nettverket møtes.", "Å vise at nettverket møtest.", "To show that the network meets."),
        basis=PUBLIC_TASK,
        whose=Words("De som er nevnt i omtalen", "Dei som er nemnde i omtalen", "Those named in what is written"),
        data=Words(
            "Sted og hva møtet handlet om", "Stad og kva møtet handla om", "Place, and what the meeting was about"
        ),
        seen_by=Words("De som har tilgang", "Dei som har tilgang", "Those who have access"),
        kept=Words(
            "Så lenge nettverket står i bøkene.",
            "Så lenge nettverket står i bøkene.",
            "As long as the network stands in the books.",
        ),
        fields={"network.Meeting": ("place", "about")},
        texts=(Text("network.Meeting", ("place", "about")),),
    ),
)
