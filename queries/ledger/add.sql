-- question: add rows to documents, or to another table that is named in its place
-- grain: one row for each object of the JSON array; columns by name, what is missing is null
-- parameters: rows (JSON array), shape (JSON array of one object: column, type)

insert into documents by name
select unnest(from_json($rows, $shape), max_depth := 2);
