"""The ledger of documents, figures and observations: queries by name, writing, publishing by version, reading."""
