-- question: which values were restated by a later document?
-- grain: one row for each vintage of a value that has more than one, newest period first, oldest vintage first
-- parameters: publishers (list, null for all), first, last (dates, null for no bound)

select
    o.metric, o.freq, o.time_period, o.period_start, o.period_end, o.scope, o.department, o.channel, o.publisher,
    o.obs_value, o.unit_measure, o.unit_mult, o.decimals, o.obs_status, o.known_from, o.document, o.figure,
    s.kind, s.issue, s.published_on, s.period_start as issue_start, s.period_end as issue_end, s.origin
from observations as o
inner join documents as s on s.document = o.document
where ($publishers is null or list_contains($publishers, o.publisher))
    and ($first::date is null or o.period_end >= $first::date)
    and ($last::date is null or o.period_start <= $last::date)
window vintage as (
    partition by o.publisher, o.metric, o.freq, o.time_period, o.scope, o.department, o.channel
)
qualify count(distinct o.obs_value) over vintage > 1
order by o.period_end desc, o.metric, o.scope, o.department nulls first, o.known_from, o.loaded_at, o.document
