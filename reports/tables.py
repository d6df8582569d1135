"""Tables of figures as files: CSV, XLSX and JSON. The day, the definitions and what a hidden cell means travel along."""

import csv
import io
from dataclasses import dataclass, field

import xlsxwriter
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from inmates.people.export import harmless

FORMATS = ("csv", "xlsx", "json")
HIDDEN_SIGN = "—"


@dataclass(frozen=True)
class Table:
    """Figures with words around them: `header` the columns, `rows` `[label, number or None, ...]`, None hidden.

    `notes` are sentences that a reader of the file needs; `name` is that of the file, without a person's name in it.
    """

    name: str
    title: str
    header: list
    rows: list
    notes: list = field(default_factory=list)

    def response(self, kind):
        """The table as a download: `csv`, `xlsx` or `json`."""
        response = {"csv": self._csv, "xlsx": self._xlsx, "json": self._json}[kind]()
        response["Content-Disposition"] = f'attachment; filename="{self.name}.{kind}"'
        response["Cache-Control"] = "private, no-store"
        return response

    @property
    def _cells(self):
        """The rows with the sign of a hidden figure."""
        return [[HIDDEN_SIGN if cell is None else cell for cell in row] for row in self.rows]

    @property
    def _notes(self):
        hidden = [_("A dash hides figures under five people, and those from which they could be told.")]
        return [*self.notes, *(hidden if any(None in row for row in self.rows) else [])]

    def _csv(self):
        out = io.StringIO("\ufeff")
        out.seek(0, io.SEEK_END)
        writer = csv.writer(out)
        writer.writerow([harmless(str(self.title))])
        writer.writerow([harmless(str(name)) for name in self.header])
        writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in self._cells)
        writer.writerows([harmless(str(note))] for note in self._notes)
        return HttpResponse(out.getvalue().encode(), content_type="text/csv; charset=utf-8")

    def _xlsx(self):
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        sheet = book.add_worksheet(_("Statistics")[:31])
        bold = book.add_format({"bold": True})
        sheet.write_string(0, 0, str(self.title), bold)
        for column, name in enumerate(self.header):
            sheet.write_string(2, column, str(name), bold)
        for number, row in enumerate(self._cells, start=3):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                else:
                    sheet.write_number(number, column, cell)
        for number, note in enumerate(self._notes, start=len(self.rows) + 4):
            sheet.write_string(number, 0, str(note))
        sheet.freeze_panes(3, 1)
        sheet.set_column(0, 0, 32)
        book.close()
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return HttpResponse(out.getvalue(), content_type=kind)

    def _json(self):
        return JsonResponse(
            {
                "title": str(self.title),
                "columns": [str(name) for name in self.header],
                "rows": self.rows,
                "notes": [str(note) for note in self._notes],
            },
            json_dumps_params={"ensure_ascii": False, "indent": 2},
        )
