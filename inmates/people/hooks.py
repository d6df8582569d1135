"""What people's records ask of the rooms above. Higher rooms add to this list when the app is ready.

`after_correction`: called `react(correction, by=...)` when one has taken effect or was taken back, in its transaction.
"""

after_correction = []
