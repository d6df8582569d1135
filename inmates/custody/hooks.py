"""What custody asks of the rooms above it. Higher rooms add to these lists when their app is ready.

`move_checks`: called `check(inmate, unit)`, each returns an iterable of texts that stand against the move.
`newcomers`: called `fill(inmate)` for each unsaved person of an imported register, whose admission is already filled
in: puts the columns that a higher room derives.
`after_admission`: called `react(inmate, admission, by=...)`, in the transaction of the admission.
`after_release`: called `react(inmate, admission, by=...)`, in the transaction of the release.
`after_incident`: called `react(incident, by=...)`, in the transaction that records it with its people.
"""

move_checks = []
newcomers = []
after_admission = []
after_release = []
after_incident = []
