"""Tables in the text: where they are, and which words head a cell."""
