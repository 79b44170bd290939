"""One file for each mail program; see client_kit."""
