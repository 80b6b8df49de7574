-- question: which cases stood before, and how new is what each tells?
-- grain: a row, with the file that it stands in
-- parameters: paths
select case_id as key, greatest(accepted_at, completed_at, issued_at, transferred_at) as latest, filename as path
from read_parquet($paths, filename = true)
