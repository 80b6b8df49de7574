-- question: is the number of the period no larger than the number to date of the same document?
-- grain: one row for each metric that a document prints both ways, else one not_applicable
-- parameters: none

with cases as (
    select p.document, [p.figure, t.figure] as figures, p.metric, p.label, p.shown as part, t.shown as whole,
        p.as_printed as part_printed, t.as_printed as whole_printed,
        p.obs_value <= t.obs_value + p.slack + t.slack as ok
    from measured as p
    inner join measured as t on p.document = t.document and p.metric = t.metric and t.scope = 'year_to_date'
        and p.period_end = t.period_end and t.department is not distinct from p.department
        and t.channel is not distinct from p.channel
    where p.scope = 'period' and p.period_start >= t.period_start
)
select document, 'period_within_to_date' as id, if(ok, 'pass', 'fail') as result, 'hold' as severity, figures,
    json_object('metric', metric, 'label', label, 'part', part_printed, 'sign', if(ok, '≤', '>'),
        'whole', whole_printed)
        as params
from cases
union all
select d.document, 'period_within_to_date', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
