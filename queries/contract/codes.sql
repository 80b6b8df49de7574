-- question: does the catalogue know every word of the cube?
-- grain: the first word that it does not know; none where it knows all
-- parameters: departments, channels, cities, kinds, places (lists of ids)

with named as (
    select 'department' as what, 'day' as held, department as word from day
    union
    select 'department', 'month', department from month
    union
    select 'department', 'hours', department from hours
    union
    select 'department', 'consulted', department from consulted where department <> ''
    union
    select 'channel', 'day', channel from day
    union
    select 'channel', 'month', channel from month
    union
    select 'channel', 'hours', channel from hours
    union
    select 'city', 'month', city from month where city <> ''
    union
    select 'kind', 'consulted', kind from consulted
    union
    select 'place', 'consulted', place from consulted
),
known as (
    select 'department' as what, unnest($departments::varchar[]) as word
    union all
    select 'channel', unnest($channels::varchar[])
    union all
    select 'city', unnest($cities::varchar[])
    union all
    select 'kind', unnest($kinds::varchar[])
    union all
    select 'place', unnest($places::varchar[])
)
select n.held, n.what, n.word as spot
from named as n
anti join known as k on n.what = k.what and n.word = k.word
order by all
limit 1
