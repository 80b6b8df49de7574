-- question: was the document printed after its period ended, and within a year of it?
-- grain: one row a document; a work plan is printed before its year, so it is not_applicable
-- parameters: none

with cases as (
    select document, published_on, period_end, time_period, published_on >= period_end as ok,
        -- Nobody prints a week or a month more than a year late: one of the two dates is misread.
        published_on <= period_end + interval 1 year as soon
    from documents
    where kind in ('monthly_bulletin', 'weekly_bulletin') and published_on is not null and period_end is not null
        and copy_of is null
)
select document, 'print_after_period' as id, if(ok and soon, 'pass', 'fail') as result, 'hold' as severity,
    coalesce(
        (select list(o.figure order by o.figure) from observations as o where o.document = c.document), []
    ) as figures,
    json_object('published', published_on::varchar, 'end', period_end::varchar, 'sign', if(ok, '≥', '<')) as params
from cases as c
union all
select d.document, 'print_after_period', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document;
