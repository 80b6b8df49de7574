-- question: which consultations stood before, and how new is what each tells?
-- grain: a row, with the file that it stands in
-- parameters: paths
select id as key, "at" as latest, filename as path
from read_parquet($paths, filename = true)
