-- question: which tables does an open database have? Its rows are counted table by table
-- grain: one row for each table
-- parameters: none

select table_name
from duckdb_tables()
where database_name = current_database() and not internal
order by table_name;
