-- question: does an issue number stand for one period only, and a period for one issue number?
-- grain: one row for each pair of documents at odds, told at the later; else one pass or n/a a document
-- parameters: none

with issues as (
    select document, publisher, kind, issue, time_period, loaded_at, year(coalesce(period_end, published_on)) as year
    from documents
    where copy_of is null and issue is not null and publisher is not null and time_period is not null
        and kind <> 'other'
),
cases as (
    select a.document, a.issue, a.time_period, b.issue as other_issue, b.time_period as other_period,
        b.document is null as ok
    from issues as a
    left join issues as b on a.publisher = b.publisher and a.kind = b.kind and a.document <> b.document
        and (b.loaded_at, b.document) < (a.loaded_at, a.document)
        and (a.issue = b.issue and a.year = b.year and a.time_period <> b.time_period
            or a.issue <> b.issue and a.time_period = b.time_period)
)
select document, 'duplicate_issue' as id, 'fail' as result, 'hold' as severity,
    coalesce(
        (select list(o.figure order by o.figure) from observations as o where o.document = c.document), []
    ) as figures,
    json_object('issue', issue::varchar, 'period', time_period, 'other_issue', other_issue::varchar,
        'other_period', other_period) as params
from cases as c
where not ok
union all
select document, 'duplicate_issue', 'pass', 'hold', [], json_object('n', count(*)::varchar)
from cases
group by document
having bool_and(ok)
union all
select d.document, 'duplicate_issue', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
