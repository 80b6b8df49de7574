-- question: on which days, and of which months of acceptance, lie the cases that a number counts?
-- grain: one row for each month of acceptance and day of the event, in the order of the days
-- parameters: measure, departments and channels (lists, null for all), first and last (days)

with counted as (
    select month_accepted, day,
        case $measure
            when 'accepted' then accepted
            when 'completed' then completed
            when 'withdrawn' then withdrawn
            when 'issued' then issued
            when 'issued_window' then issued_window
            when 'issued_comprehensive' then issued_comprehensive
            when 'mailed' then mailed
            when 'transferred' then transferred
            when 'on_time' then on_time
            when 'overdue' then overdue
        end as cases
    from day
    where ($departments is null or list_contains($departments, department))
        and ($channels is null or list_contains($channels, channel))
        and day between $first::date and $last::date
)

select
    strftime(month_accepted, '%Y-%m') as month,
    day as first,
    day as last,
    sum(cases)::bigint as cases
from counted
group by month_accepted, day
having sum(cases) > 0
order by day, month_accepted
