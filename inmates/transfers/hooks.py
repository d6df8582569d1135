"""What an arrival asks of the rooms above. Higher rooms add to this list when the app is ready.

`after_arrival`: `react(inmate, transfer, by=...)`, when the receiving prison has taken somebody in, in the act's transaction.
"""

after_arrival = []
