-- question: do the issue numbers run on from those of the document before?
-- grain: one row for each document whose number leaves a gap or whose two counts disagree; else one pass or n/a
-- parameters: none

with issues as (
    select document, publisher, kind, freq, issue, total_issue, time_period, period_end,
        if(freq = 'M', year(period_end) * 12 + month(period_end), date_diff('week', date '1900-01-01', period_end))
            as slot
    from standing_documents
    where issue is not null and publisher is not null and freq in ('W', 'M') and period_end is not null
),
pairs as (
    select *, lag(issue) over run as before, lag(time_period) over run as before_period,
        lag(slot) over run as before_slot,
        lag(total_issue) over run as before_total
    from issues
    window run as (partition by publisher, kind, freq, year(period_end) order by slot)
),
cases as (
    -- A week without an issue is a holiday; more issues than weeks, or other than months, is a number left out, and
    -- one that falls is told too. An equal one is told by duplicate_issue; a year that began within a week starts anew.
    select *, issue - before as step, slot - before_slot as periods,
        if(freq = 'M', step = periods, step between 1 and periods) and coalesce(total_issue - before_total = step, true)
            as ok
    from pairs
    where before is not null and issue <> before and (issue > 1 or freq = 'M')
)
select document, 'skipped_issue' as id, if(ok, 'pass', 'fail') as result, 'note' as severity, [] as figures,
    json_object('issue', issue::varchar, 'period', time_period, 'other_issue', before::varchar,
        'other_period', before_period) as params
from cases
union all
select d.document, 'skipped_issue', 'not_applicable', 'note', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document;
