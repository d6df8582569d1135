"""Addresses of people: list, search, identity, tasks, alerts, duplicates."""

from django.urls import path

from inmates.people.views import alerts, corrections, duplicates, identity, list, tasks

urlpatterns = [
    path("", list.people_list, name="list"),
    path("export/", list.people_export, name="export"),
    path("search/", list.search, name="search"),
    path("search/hits/", list.search_hits, name="search_hits"),
    path("likely/", duplicates.likely, name="likely"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:pk>/", tasks.settle_task, name="settle_task"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<int:pk>/", alerts.acknowledge, name="acknowledge_alert"),
    path("corrections/", corrections.waiting, name="corrections"),
    path("corrections/new/<slug:key>/<int:pk>/", corrections.correct, name="correct"),
    path("corrections/annul/<slug:key>/<int:pk>/", corrections.annul, name="annul"),
    path("corrections/<uuid:uuid>/", corrections.one, name="correction"),
    path("corrections/<uuid:uuid>/photo/<slug:which>/", corrections.photo, name="correction_photo"),
    path("corrections/<uuid:uuid>/scans/<int:pk>/", corrections.scan, name="correction_scan"),
    path("corrections/<uuid:uuid>/confirm/", corrections.confirm, name="correction_confirm"),
    path("corrections/<uuid:uuid>/refuse/", corrections.refuse, name="correction_refuse"),
    path("corrections/<uuid:uuid>/decide/", corrections.decide, name="correction_decide"),
    path("<uuid:uuid>/corrections/", corrections.tab, name="tab_corrections"),
    path("duplicates/", duplicates.worklist, name="duplicates"),
    path("duplicates/<int:pk>/", duplicates.pair, name="pair"),
    path("merges/", duplicates.merges, name="merges"),
    path("merges/<int:pk>/", duplicates.merge_one, name="merge"),
    path("<uuid:uuid>/duplicate/", duplicates.report_pair, name="report_duplicate"),
    path("<uuid:uuid>/identity/", identity.tab, name="tab_identity"),
    path("<uuid:uuid>/identity/edit/", identity.edit, name="edit"),
    path("<uuid:uuid>/identity/history/", identity.history, name="history"),
    path("<uuid:uuid>/dossier/", identity.dossier, name="dossier"),
    path("<uuid:uuid>/photo/", identity.photo, name="photo"),
    path("<uuid:uuid>/photo/card/", identity.card_photo, name="card_photo"),
    path("<uuid:uuid>/photo/change/", identity.photo_change, name="photo_change"),
]
