-- question: which rows of cases gave way to others? (none any more: they are staged no longer)
-- grain: a row
-- parameters: none
delete from cases where rowid in (select row_id from dropped where of = 'cases')
