-- question: which rows of cases come to stand in a month?
-- grain: a row, in the order in which they were delivered; the columns of data/catalog/records.toml
-- parameters: month (its first moment)
select * exclude (file, line, fault, value)
from cases
where fault is null and accepted_at >= $month and accepted_at < $month + interval 1 month
