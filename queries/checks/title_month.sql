-- question: do the title and the headings speak of the month that the numbers below them are of?
-- grain: one row for each observation under another month's title or heading; else one pass a document, or one n/a
-- parameters: month (pattern of a month in words)

with cases as (
    select o.document, o.figure, o.metric, f.label, f.as_printed, o.time_period, d.title, f.section,
        month(o.period_end)::varchar as own,
        regexp_extract_all(translate(coalesce(d.title, ''), '０１２３４５６７８９', '0123456789'), $month, 1) as in_title,
        regexp_extract_all(translate(coalesce(f.section, ''), '０１２３４５６７８９', '0123456789'), $month, 1) as in_section,
        len(in_title) = 0 or list_contains(list_transform(in_title, lambda x: ltrim(x, '0')), own) as title_ok,
        len(in_section) = 0 or list_contains(list_transform(in_section, lambda x: ltrim(x, '0')), own) as section_ok
    from observations as o
    inner join figures as f using (document, figure)
    inner join documents as d using (document)
    where o.scope = 'period' and o.freq = 'M' and d.freq = 'M' and o.time_period = d.time_period
        and len(in_title) + len(in_section) > 0
)
select document, 'title_month' as id, 'fail' as result, 'hold' as severity, [figure] as figures,
    json_object('metric', metric, 'label', label, 'value', as_printed, 'period', time_period,
        'words', if(title_ok, section, title)) as params
from cases
where not (title_ok and section_ok)
union all
select document, 'title_month', 'pass', 'hold', [], json_object('n', count(*)::varchar)
from cases
group by document
having bool_and(title_ok and section_ok)
union all
select d.document, 'title_month', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
