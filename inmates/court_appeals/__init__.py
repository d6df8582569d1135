"""Appeals and cassations against judgments: declared, receipted, sent, answered by a court. The record is the sentences'."""
