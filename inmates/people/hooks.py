"""What people's records ask of the rooms above. Higher rooms add to these lists when the app is ready.

`after_merge`: called `react(inmate, by=...)` with the kept person, in the transaction of the merge.
`after_correction`: called `react(correction, by=...)` when one has taken effect or was taken back, in its transaction.
"""

after_merge = []
after_correction = []
