"""Of which tables of people the application may delete rows. Everything else is annulled, ended or superseded, never deleted."""

DELETABLE = (
    "inmates_alias",  # corrected with the name it came from, or there twice after a merge
    "inmates_keepapart",  # there twice after a merge
    "inmates_possibleduplicate",
    "inmates_returneedossier",
    "inmates_legalstatusperiod",  # begun after a release that is entered late
    "inmates_pendingimport",
    "inmates_savedsearch",
    "inmates_nametoken",
    "inmates_writtennames",
)
