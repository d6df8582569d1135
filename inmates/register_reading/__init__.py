"""Reading a register as spreadsheets hold it: pure, without tables, so that every rule can be tried on its own.

`sheet` opens the file, `headers` finds out which column is which, `cells`, `dates` and `penalties` read one cell,
`rows` reads and checks a row. Writing the result is the business of the import's action.
"""
