-- question: does a document give one value only for a name that measures no metric?
-- grain: one row for each name with two values in one section; without any one pass a document, or one not_applicable
-- parameters: none

with named as (
    select *, slack_of(unit_mult, decimals, unit = '%') as slack
    from figures
    where metric is null and value is not null and qualifier is null and decision is distinct from 'reject'
        and kind in ('volume', 'rate', 'money') and length(label) >= 4 and unit <> '' and compares_with is null
),
cases as (
    select document, any_value(label) as label, list(figure order by start_at) as figures,
        string_agg(as_printed, ' / ' order by start_at) as vals, max(value) - min(value) <= 2 * max(slack) as ok
    from named
    group by document, section, label, unit, kind, scope, period_start, period_end, department, area
)
select document, 'one_value_per_label' as id, 'fail' as result, 'note' as severity, figures,
    json_object('label', label, 'values', vals) as params
from cases
where not ok
union all
select document, 'one_value_per_label', 'pass', 'note', [], json_object('n', count(*)::varchar)
from cases
group by document
having bool_and(ok)
union all
select d.document, 'one_value_per_label', 'not_applicable', 'note', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
