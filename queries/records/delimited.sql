-- question: what are the rows of delimited text?
-- grain: a line below the headings; one that is no row goes to reject_errors
-- parameters: path, skip (lines above the first row), columns (name and type of each), delimiter
from read_csv(
    $path, header = false, skip = $skip, columns = $columns, auto_detect = false, delim = $delimiter, quote = '"',
    escape = '"', strict_mode = true, store_rejects = true, rejects_limit = 0
)
