"""Addresses of custody: admission, stay, temporary absences, worklists."""

from django.urls import path

from inmates.custody.views import (
    admissions,
    keep_apart,
    legal_status,
    orders,
    outings,
    placements,
    releases,
    tab,
    worklists,
)

urlpatterns = [
    path("new/", admissions.new, name="new"),
    path("<uuid:uuid>/admit/", admissions.readmit, name="readmit"),
    path("<uuid:uuid>/custody/", tab.custody, name="tab_custody"),
    path("<uuid:uuid>/move/", placements.move, name="move"),
    path("<uuid:uuid>/release/", releases.release, name="release"),
    path("<uuid:uuid>/release/<uuid:admission>.pdf", releases.release_paper, name="release_paper"),
    path("<uuid:uuid>/release/<uuid:admission>/scan/", releases.release_scan, name="release_scan"),
    path("<uuid:uuid>/release/<uuid:admission>/scan/new/", releases.attach_release_scan, name="release_scan_new"),
    path("<uuid:uuid>/legal-status/", legal_status.change, name="legal_status"),
    path("<uuid:uuid>/orders/new/", orders.add_order, name="add_order"),
    path("<uuid:uuid>/orders/<int:pk>/scan/", orders.order_scan, name="order_scan"),
    path("<uuid:uuid>/orders/<int:pk>/scan/new/", orders.attach_order_scan, name="order_scan_new"),
    path("<uuid:uuid>/orders/<int:pk>/extend/", orders.extend_order, name="extend_order"),
    path("<uuid:uuid>/orders/<int:pk>/lift/", orders.lift_order, name="lift_order"),
    path("<uuid:uuid>/escape/", outings.escape, name="escape"),
    path("<uuid:uuid>/return/", outings.come_back, name="come_back"),
    path("releases/", worklists.releases, name="releases"),
    path("orders/", worklists.expiring_orders, name="expiring_orders"),
    path("exceptions/", worklists.exceptions, name="exceptions"),
    path("court/", outings.court_list, name="court_list"),
    path("outings/", outings.outings_now, name="outings"),
    path("<uuid:uuid>/outings/new/", outings.plan, name="outing_new"),
    path("outings/<int:pk>/leave/", outings.leave, name="outing_leave"),
    path("outings/<int:pk>/back/", outings.back, name="outing_back"),
    path("outings/<int:pk>/cancel/", outings.cancel, name="outing_cancel"),
    path("<uuid:uuid>/keep-apart/new/", keep_apart.new, name="keep_apart_new"),
    path("keep-apart/group/", keep_apart.new_group, name="keep_apart_group"),
    path("keep-apart/<int:pk>/close/", keep_apart.close, name="keep_apart_close"),
]
