-- question: which columns has a table, and of which type?
-- grain: one row a column
-- parameters: name (table)

select column_name, data_type
from duckdb_columns()
where table_name = $name and schema_name = 'main'
order by column_index;
