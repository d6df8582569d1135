"""What a merge asks of the rooms above. Higher rooms add to these lists when the app is ready.

`before_merge`: called `react(inmate, by=...)` with the record that goes, before its rows move; there may be only one of each.
`after_merge`: called `react(inmate, by=...)` with the kept person, in the transaction of the merge.
"""

before_merge = []
after_merge = []
