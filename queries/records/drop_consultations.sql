-- question: which rows of consultations gave way to others? (none any more: they are staged no longer)
-- grain: a row
-- parameters: none
delete from consultations where rowid in (select row_id from dropped where of = 'consultations')
