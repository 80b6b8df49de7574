-- question: which rows of consultations come to stand in a month?
-- grain: a row, in the order in which they were delivered; the columns of data/catalog/records.toml
-- parameters: month (its first moment)
select * exclude (file, line, fault, value)
from consultations
where fault is null and "at" >= $month and "at" < $month + interval 1 month
