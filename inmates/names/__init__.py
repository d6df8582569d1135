"""Names as they are written: one name in two scripts and many spellings, folded, compared and ranked. Pure, without tables.

`folding` brings letters to a common form, `spellings` gives the ways in which a name may be written, `likelihood` weighs
two spellings against each other, `ranking` orders people by how near their names are to what was typed.
"""
