-- question: whose documents does the store hold, of which months do they tell, and which departments do they name?
-- grain: one row, lists sorted; dates null for an empty store; yearly plans do not widen them
-- parameters: known_on (date, null for now)

with known as (
    select document, publisher, freq, period_start, period_end
    from documents
    where $known_on is null or coalesce(published_on, loaded_at::date) <= $known_on::date
),

named as (
    select document, department from activity_departments
    union all
    select document, department from task_departments
    union all
    select document, department from figures
)

select
    min(k.period_start) filter (where k.freq in ('D', 'W', 'M')) as first,
    max(k.period_end) filter (where k.freq in ('D', 'W', 'M')) as last,
    coalesce(list_sort(list(distinct k.publisher) filter (where k.publisher is not null)), []) as publishers,
    coalesce(list_sort(list(distinct o.publisher) filter (where o.publisher is not null)), []) as measured,
    coalesce(list_sort(list(distinct n.department) filter (where n.department is not null)), []) as departments
from known as k
left join (select distinct document, publisher from observations) as o on k.document = o.document
left join (select distinct document, department from named) as n on k.document = n.document
