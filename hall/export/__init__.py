"""What leaves the product as a file or on the command line: readings as JSON, tables as CSV."""
