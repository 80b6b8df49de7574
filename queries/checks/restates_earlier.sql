-- question: does a document say of a period what an earlier document said of it?
-- grain: one row for each value that is restated beyond rounding (held where a later document names in passing a value
--   many times larger or smaller); without any one pass a document, or one not_applicable
-- parameters: restated_factor

with cases as (
    select n.document, n.figure, n.metric, n.label, n.as_printed as now, e.as_printed as before, n.time_period,
        e.known_from::varchar as since, abs(n.obs_value - e.obs_value) <= n.slack + e.slack as ok,
        (d.time_period is distinct from n.time_period) and (
            n.obs_value - n.slack > $restated_factor * (e.obs_value + e.slack)
            or $restated_factor * (n.obs_value + n.slack) < e.obs_value - e.slack
        ) as far
    from measured as n
    inner join documents as d using (document)
    inner join evidence as e on n.publisher = e.publisher and n.metric = e.metric and n.freq = e.freq
        and n.scope = e.scope and n.time_period = e.time_period and e.department is not distinct from n.department
        and e.channel is not distinct from n.channel and n.document <> e.document
        and (e.known_from, e.loaded_at, e.document) < (n.known_from, n.loaded_at, n.document)
    qualify row_number() over (
        partition by n.document, n.figure order by e.known_from desc, e.loaded_at desc, e.document desc, e.figure
    ) = 1
)
select document, 'restates_earlier' as id, 'fail' as result, if(far, 'hold', 'note') as severity, [figure] as figures,
    json_object('metric', metric, 'label', label, 'period', time_period, 'before', before, 'now', now, 'since', since)
        as params
from cases
where not ok
union all
select document, 'restates_earlier', 'pass', 'note', [], json_object('n', count(*)::varchar)
from cases
group by document
having bool_and(ok)
union all
select d.document, 'restates_earlier', 'not_applicable', 'note', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
