-- question: which months does the cube hold, and from which deliveries?
-- grain: one row for each kind of records and month (2025-10), in order
-- parameters: none

select
    records,
    strftime(month_accepted, '%Y-%m') as month,
    delivery,
    rows
from months
order by records, month_accepted
