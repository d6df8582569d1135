"""Two questions that custody asks of the rooms above it. Higher rooms add to these lists when their app is ready.

`move_checks`: called `check(inmate, unit)`, each returns an iterable of texts that stand against the move.
`after_release`: called `react(inmate, admission, by=...)`, in the transaction of the release.
"""

move_checks = []
after_release = []
