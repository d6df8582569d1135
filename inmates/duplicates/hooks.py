"""What a merge asks of the rooms above. Higher rooms add to this list when the app is ready.

`after_merge`: called `react(inmate, by=...)` with the kept person, in the transaction of the merge.
"""

after_merge = []
