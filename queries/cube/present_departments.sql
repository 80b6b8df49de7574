-- question: which departments do the records of a kind name?
-- grain: one row for each kind of records (cases | consultations) and department, in order
-- parameters: none

select distinct
    'cases' as records,
    department
from day
where department <> ''
union all
select distinct
    'consultations' as records,
    department
from consulted
where department <> ''
order by records, department
