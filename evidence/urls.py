"""Addresses of the app, below ``/o/<organisation>/``."""

from django.urls import path

from evidence.views import adding, download, item, library, links, versions

app_name = "evidence"

urlpatterns = [
    path("evidence/", library.library, name="list"),
    path("evidence/new/", adding.create, name="create"),
    path("evidence/<int:number>/", item.show, name="item"),
    path("evidence/<int:number>/edit/", item.edit, name="edit"),
    path("evidence/<int:number>/new-version/", adding.new_version, name="new_version"),
    path("evidence/<int:number>/earlier/", versions.earlier, name="earlier"),
    path("evidence/<int:number>/withdraw/", item.withdraw, name="withdraw"),
    path("evidence/<int:number>/restore/", item.restore, name="restore"),
    path("evidence/<int:number>/link/", links.link_more, name="link_more"),
    path(
        "evidence/<int:number>/links/<int:link>/", links.change_link, name="change_link"
    ),
    path(
        "evidence/<int:number>/links/<int:link>/remove/",
        links.remove_link,
        name="remove_link",
    ),
    path(
        "evidence/<int:number>/<int:version>/file/",
        download.download,
        name="download",
    ),
]
