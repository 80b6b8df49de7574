"""Numbers with their units, and the rules that keep a number out."""
