"""Register imports in the browser: upload, look at what it would bring in, confirm, report."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit import signed_context, trail
from core.action_pages import action_button, action_form
from core.permissions import requires
from core.sayings import outline, read
from core.templatetags.display import listed
from facilities.models import Facility
from inmates.people.models import ImportBatch, Inmate, PendingImport
from inmates.register_import import pending as pending_imports
from inmates.register_import.forms import UploadForm
from inmates.register_import.plan import NotImported, make_plan
from inmates.register_import.rest import BINARY, rest_again, rest_file
from inmates.register_reading import headers

SHOWN = 200
"""How many problems a page lists; the file of rows that stay out has them all."""


@requires("inmates.import_register")
def imports(request):
    """`/inmates/imports/`: earlier imports, one's own uploads not yet confirmed, and the way in for a new one."""
    batches = ImportBatch.objects.visible_to(request.user).select_related("facility", "imported_by").defer("report")
    return action_form(
        request,
        UploadForm(request.POST or None, request.FILES or None, user=request.user),
        lambda form: pending_imports.keep(
            form.cleaned_data["file"], facility=form.cleaned_data["facility"], by=request.user
        ),
        template="inmates/register_import/list.html",
        back=lambda pending: reverse("inmates:import_preview", args=[pending.uuid]),
        success_message="",
        batches=batches.order_by("-imported_at")[:50],
        pending=PendingImport.objects.filter(owner=request.user).select_related("facility", "file"),
    )


@requires("inmates.import_register")
def preview(request, uuid):
    """Preview of what the file would bring in; a POST chooses the columns, confirms, or gives up."""
    pending = _mine(request, uuid)
    act = {"columns": _choose, "confirm": _confirm, "give_up": _give_up}.get(request.POST.get("act"))
    if request.method == "POST" and act is not None:
        answer = act(request, pending)
        if answer is not None:
            return answer
    return _show(request, pending)


def _mine(request, uuid):
    """One's own upload for a prison where one may still import; anybody else's does not exist."""
    own = PendingImport.objects.filter(owner=request.user, facility__in=Facility.objects.visible_to(request.user))
    return get_object_or_404(own.select_related("facility", "file"), uuid=uuid)


def _show(request, pending):
    sheet, _sha = pending_imports.sheet_of(pending)
    columns = pending_imports.columns_of(pending)
    plan = make_plan(sheet, facility=pending.facility, columns=columns)
    wrong = {problem.row for problem in plan.errors}
    entries = {entry.row: entry for entry in plan.entries}
    context = {
        "pending": pending,
        "plan": plan,
        "columns": _columns(sheet, columns),
        "fields": list(headers.FIELDS.items()),
        "errors": [_at_cell(problem, entries, columns) for problem in plan.errors[:SHOWN]],
        "more_errors": max(0, len(plan.errors) - SHOWN),
        "warnings": _together((p.column, p.said, [p.row]) for p in plan.warnings)[:SHOWN],
        "duplicates": _cards(request, plan, entries),
        "counts": {
            "rows": len(plan.entries),
            "wrong": 0 if plan.missing else len(wrong),
            "held": len(plan.held),
            "importable": len(plan.importable),
        },
    }
    trail.viewed("import", by=request.user, facility=pending.facility, obj=pending)
    return render(request, "inmates/register_import/preview.html", context)


def _columns(sheet, columns):
    """Each column of the file with its header, some of its cells, and the field chosen for it."""
    samples = [values for _number, (_row, values) in zip(range(3), sheet.rows(), strict=False)]
    for place, header in enumerate(sheet.headers):
        cells = [_cell(row[place]) for row in samples if place < len(row) and row[place] is not None]
        yield {"place": place, "header": header, "cells": cells, "field": columns[place] or ""}


def _cell(value):
    """A cell as it stood, cut short; a date without hours."""
    text = f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value).strip()
    return text if len(text) <= 60 else f"{text[:59]}…"


def _at_cell(problem, entries, columns):
    """A problem with what stands in its cell and whose row it is."""
    entry = entries.get(problem.row)
    there = ""
    if entry is not None and problem.column in columns:
        value = entry.raw[columns.index(problem.column)]
        there = "" if value is None else _cell(value)
    return {
        "row": problem.row,
        "name": _name(entry) if entry else "",
        "field": headers.FIELDS.get(problem.column, problem.field),
        "cell": there,
        "message": problem.message,
    }


def _name(entry):
    """The name of a row, in whichever script it has."""
    get = entry.get
    latin = f"{get('family_name_latin') or ''} {get('given_name_latin') or ''}".strip()
    return latin or f"{get('given_name_ar') or ''} {get('family_name_ar') or ''}".strip()


def _together(lines):
    """Warnings of one kind in one line, with their rows: those that differ by a number or a day are of one kind."""
    kinds = {}
    for column, said, rows in lines:
        texts, rows_of_kind = kinds.setdefault((column, outline(said)), (set(), []))
        texts.add(read(said))
        rows_of_kind += rows
    return [
        {
            "field": headers.FIELDS.get(column, column),
            "message": texts.pop() if len(texts) == 1 else kind,
            "rows": _some(rows),
            "count": len(rows),
        }
        for (column, kind), (texts, rows) in kinds.items()
    ]


def _some(rows):
    """A few row numbers, and how many more there are."""
    named = listed(rows[:8])
    return f"{named} … (+{len(rows) - 8})" if len(rows) > 8 else named


def _cards(request, plan, entries):
    """Rows held back beside whom they resemble: a row of the file, or an identity card; each look is recorded."""
    held = [(entry, plan.duplicates[entry.row]) for entry in plan.held][:SHOWN]
    uuids = {one.of for _entry, duplicates in held for one in duplicates if not one.of.startswith("row:")}
    with signed_context.beyond("intake matching"):
        known = Inmate.objects.filter(uuid__in=uuids).select_related("facility")
        people = {str(person.uuid): person for person in known}
    for person in people.values():
        trail.viewed("identity_card", by=request.user, inmate=person)
    return [
        {
            "row": entry.row,
            "name": _name(entry),
            "birth": entry.get("birth_date"),
            "cin": entry.get("cin"),
            "certain": any(one.certain for one in duplicates),
            "matches": [_match(one, people, entries) for one in duplicates],
        }
        for entry, duplicates in held
    ]


def _match(duplicate, people, entries):
    """One possible duplicate: the person, or the other row."""
    other = entries.get(int(duplicate.of.removeprefix("row:"))) if duplicate.of.startswith("row:") else None
    return {
        "duplicate": duplicate,
        "person": people.get(duplicate.of),
        "row": other.row if other else None,
        "name": _name(other) if other else "",
        "birth": other.get("birth_date") if other else None,
    }


def _choose(request, pending):
    """Another meaning for the columns; one field in two columns is refused."""
    known = {"", *headers.FIELDS}
    columns = [request.POST.get(f"column-{place}", "") for place in range(len(pending.columns))]
    return action_button(
        request,
        lambda: pending_imports.choose_columns(
            pending, [column if column in known else "" for column in columns], by=request.user
        ),
        back=reverse("inmates:import_preview", args=[pending.uuid]),
        success_message="",
    )


def _confirm(request, pending):
    """Import: all of it, or the valid rows alone."""
    chosen = {int(row) for row in request.POST.getlist("someone_else") if row.isdigit() and len(row) < 9}
    skip = request.POST.get("how") == "valid"
    try:
        _plan, batch = pending_imports.confirm(pending, skip_invalid=skip, someone_else=chosen, by=request.user)
    except NotImported as refused:
        messages.error(request, str(refused))
        return None
    if batch is None:
        messages.info(request, _("Nothing was imported: every valid row is on the register already or held back."))
        return redirect("inmates:imports")
    message = ngettext("%(count)s person was imported.", "%(count)s people were imported.", batch.imported)
    messages.success(request, message % {"count": batch.imported})
    return redirect("inmates:import_report", batch.uuid)


def _give_up(request, pending):
    return action_button(
        request,
        lambda: pending_imports.give_up(pending, by=request.user),
        back=reverse("inmates:imports"),
        success_message=_("The upload was deleted; nothing was imported."),
    )


@requires("inmates.import_register")
def preview_rest(request, uuid):
    """The rows that would stay out, each with its reason, as a file."""
    pending = _mine(request, uuid)
    sheet, _sha = pending_imports.sheet_of(pending)
    plan = make_plan(sheet, facility=pending.facility, columns=pending_imports.columns_of(pending))
    trail.viewed("import_rest", by=request.user, facility=pending.facility, obj=pending)
    return _rest(rest_file(plan))


def _rest(content):
    response = HttpResponse(content, content_type=BINARY)
    response["Content-Disposition"] = 'attachment; filename="rows-not-imported.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@requires("inmates.import_register")
def report(request, uuid):
    """Report of one import: what came in and what stayed out."""
    batch = _batch(request, uuid)
    trail.viewed("import", by=request.user, facility=batch.facility, obj=batch)
    kept = batch.report
    context = {
        "batch": batch,
        "wrong": len({problem["row"] for problem in kept["errors"]}),
        "held": len({one["row"] for one in kept["possible_duplicates"]}),
        "errors": [
            {"row": one["row"], "field": headers.FIELDS.get(one["column"], one["column"]), "message": read(one["said"])}
            for one in kept["errors"][:SHOWN]
        ],
        "warnings": _together((line["column"], line["said"], line["rows"]) for line in kept["warnings"])[:SHOWN],
        "duplicates": kept["possible_duplicates"][:SHOWN],
    }
    return render(request, "inmates/register_import/report.html", context)


@requires("inmates.import_register")
def report_rest(request, uuid):
    """The rows that stayed out of an import, as a file, each with its reason in the reader's language."""
    batch = _batch(request, uuid)
    get_object_or_404(ImportBatch, pk=batch.pk, rest__isnull=False)
    trail.viewed("import_rest", by=request.user, facility=batch.facility, obj=batch)
    return _rest(rest_again(batch))


def _batch(request, uuid):
    batches = ImportBatch.objects.visible_to(request.user)
    return get_object_or_404(batches.select_related("facility", "imported_by", "rest"), uuid=uuid)
