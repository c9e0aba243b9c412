"""Addresses of the app, below ``/o/<organisation>/``."""

from django.urls import path

from reports.views import issuing, ordering, papers, reading

app_name = "reports"

urlpatterns = [
    path("papers/", papers.paper_list, name="list"),
    path("papers/order/", ordering.choose, name="choose"),
    path("papers/order/<slug:kind>/", ordering.order, name="order"),
    path("papers/<int:number>/", papers.paper, name="paper"),
    path("papers/<int:number>/progress/", papers.progress, name="progress"),
    path("papers/<int:number>/again/", papers.again, name="again"),
    path("papers/<int:number>/review/", issuing.review, name="review"),
    path("papers/<int:number>/issue/", issuing.issue, name="issue"),
    path("papers/<int:number>/withdraw/", issuing.withdraw, name="withdraw"),
    path("papers/<int:number>/discard/", issuing.discard, name="discard"),
    path("papers/<int:number>/read/", reading.read, name="read"),
    path(
        "papers/<int:number>/download/<slug:file_format>/",
        reading.download,
        name="download",
    ),
]
