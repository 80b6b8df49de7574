-- question: which months does a cube hold whose tables were made elsewhere?
-- grain: one row for each kind of records and month (2025-10), in order
-- parameters: none

select 'cases' as records, strftime(month_accepted, '%Y-%m') as month, sum(accepted)::bigint as rows
from day
group by month_accepted
union all
select 'consultations', strftime(month_accepted, '%Y-%m'), sum(consultations)::bigint
from consulted
group by month_accepted
order by all
