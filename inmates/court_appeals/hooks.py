"""Reactions that a court's answer leaves to the rooms above. They add to these lists when their app is ready.

All are called in the transaction of the act.
`after_retrial`: `react(appeal, held, until, by=...)`, when a case was sent back to be tried again; `held` says whether
the ruling keeps the person on remand, and `until` which day at most, if it says so.
`retrial_undone`: `undo(appeal)`, `[(record, {field: value})]`, what taking back such an answer writes in the rooms above.
"""

after_retrial = []
retrial_undone = []
