-- question: note from which delivery a month was computed
-- grain: one row for each kind of records and month
-- parameters: records (cases | consultations), month (2025-10), delivery, rows, engine, at

insert into months
select $records, cast($month || '-01' as date), $delivery, $rows, $engine, $at;
