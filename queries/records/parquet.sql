-- question: what are the rows of a delivered Parquet file?
-- grain: a row; file_row_number counts from 0
-- parameters: path
from read_parquet($path, file_row_number = true)
