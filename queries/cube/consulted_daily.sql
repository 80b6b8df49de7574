-- question: how many consultations were there each day, of which kind and where?
-- grain: one row for each day, kind and place, in order
-- parameters: departments (list, null for all), first and last (days, null for no bound)

select
    day,
    kind,
    place,
    sum(consultations)::bigint as consultations,
    sum(minutes) as minutes,
    sum(timed)::bigint as timed
from consulted
where ($departments is null or list_contains($departments, department))
    and ($first is null or day >= $first::date)
    and ($last is null or day <= $last::date)
group by day, kind, place
order by day, kind, place
