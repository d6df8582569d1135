"""The whole demo, loaded once a day of loading for everything in this folder and gone after it."""
