"""Questions and reactions that custody leaves to the rooms above it. Higher rooms add to these lists when their app is ready.

`move_checks`: called `check(inmate, unit)`, each returns an iterable of `Objection`s that stand against the move.
`on_import`: called `fill(inmate)` for each unsaved person of an imported register, whose admission is already filled
in: puts the columns that a higher room derives.
The others are called in the transaction of the act:
`after_admission`: `react(inmate, admission, by=...)`.
`after_intake`: `react(inmate, admission, arrival, by=...)`, once everything on the form of an admission is recorded.
`after_import`: `react(imported)`, with the `ImportedPerson`s whose rows an imported register has become.
`after_move`: `react(inmate, placement, by=...)`, on every new placement inside a prison.
`after_release`: `react(inmate, admission, by=...)`.
`after_held_again`: `react(inmate)`, once something holds somebody again of whom a release today was told.
A release that was entered by mistake is taken back (`taking_back.py`):
`release_undone`: `undo(admission)`, `[(record, {field: value})]`, what that writes in the rooms above.
`after_release_undone`: `react(inmate, admission, by=...)`, once it was written, or written back.
An admission that was entered for the wrong person is taken back too (`admissions_undone.py`):
`admission_hangs`: `find(admission)`, querysets of records that hang on the stay, each of which keeps it from that.
`admission_undone`: `undo(admission)`, `[(record, {field: value})]`, what of the rooms above goes with it.
`after_admission_undone`: `react(inmate, admission, by=...)`, as above.
"""

from dataclasses import dataclass

from core import sayings


@dataclass(frozen=True)
class Objection:
    """One thing that stands against a place: a code kept with the placement, and what the page says (a saying).

    What is `blocking` no reason overcomes; anything else asks for a reason and an end.
    """

    code: str
    said: list
    blocking: bool = False

    @property
    def text(self):
        """The objection in the reader's language."""
        return sayings.read(self.said)


move_checks = []
on_import = []
after_admission = []
after_intake = []
after_import = []
after_move = []
after_release = []
after_held_again = []
release_undone = []
after_release_undone = []
admission_hangs = []
admission_undone = []
after_admission_undone = []
