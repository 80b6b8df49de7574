-- question: which rows of cases come to stand in a month?
-- grain: a row, in order of time and number; the columns of data/catalog/records.toml
-- parameters: month (its first moment)
select * exclude (file, line, fault, value)
from cases
where fault is null and accepted_at >= $month and accepted_at < $month + interval 1 month
    and rowid not in (select row_id from dropped where of = 'cases')
order by accepted_at, case_id
