-- question: write down what this version was built from
-- grain: one row
-- parameters: rows (JSON array), shape (JSON array of one object: column, type)

delete from meta;
insert into meta by name
select unnest(from_json($rows, $shape), max_depth := 2);
