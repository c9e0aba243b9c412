"""Addresses of the app, below ``/o/<organisation>/``."""

from django.urls import path

from actions.views import (
    action,
    board,
    bulk,
    calendar,
    finishing,
    importing,
    listing,
    notes,
    planning,
    summary,
    versions,
)

app_name = "actions"

urlpatterns = [
    path("actions/", listing.action_list, name="list"),
    path("actions/board/", board.board, name="board"),
    path("actions/bulk/", bulk.bulk, name="bulk"),
    path("actions/export/", listing.export, name="export"),
    path("actions/summary/", summary.summary, name="summary"),
    path("actions/new/", planning.create, name="create"),
    path("actions/import/", importing.imports, name="imports"),
    path("actions/import/<int:plan>/", importing.preview, name="import_preview"),
    path("actions/import/<int:plan>/undo/", importing.undo, name="import_undo"),
    path(
        "actions/import/<int:plan>/discard/", importing.discard, name="import_discard"
    ),
    path("actions/calendar/", calendar.calendar, name="calendar"),
    path("actions/calendar/revoke/", calendar.revoke, name="revoke_calendar"),
    path("actions/<int:number>/", action.show, name="action"),
    path("actions/<int:number>/edit/", action.update, name="update"),
    path("actions/<int:number>/earlier/", versions.earlier, name="earlier"),
    path("actions/<int:number>/withdraw/", action.withdraw, name="withdraw"),
    path("actions/<int:number>/move/", board.move, name="move"),
    path("actions/<int:number>/progress/", notes.progress, name="progress"),
    path("actions/<int:number>/comment/", notes.comment, name="comment"),
    path("actions/<int:number>/done/", finishing.claim, name="claim"),
    path("actions/<int:number>/close/", finishing.close, name="close"),
    path("actions/<int:number>/decline/", finishing.decline, name="decline"),
    path("actions/<int:number>/reopen/", finishing.reopen, name="reopen"),
    path("actions/<int:number>/restore/", action.restore, name="restore"),
    path("findings/<int:finding>/decide/", planning.decide, name="decide"),
]
