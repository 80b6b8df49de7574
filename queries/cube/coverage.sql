-- question: which months does the cube hold, up to which day do the records of each kind tell, which departments do
--   they name, and how long did the cases take that were completed each month?
-- grain: one row; lists sorted: months with their rows and the last day on which anything happened to what was accepted
--   in them, and the histogram of handling time by month of completion; empty lists for an empty cube
-- parameters: none

with seen as (
    select 'cases' as records, month_accepted, max(day) as last from channel_day group by all
    union all
    select 'consultations' as records, month_accepted, max(day) as last from consulted group by all
)

select
    (
        select
            coalesce(
                list({
                    'records': records, 'month': strftime(month_accepted, '%Y-%m'), 'rows': rows, 'last': last
                } order by records, month_accepted), []
            )
        from months left join seen using (records, month_accepted)
    ) as months,
    (
        select
            coalesce(
                list({'month': month, 'workdays': workdays, 'completed': completed} order by month, workdays), []
            )
        from (
            select strftime(month, '%Y-%m') as month, workdays, sum(completed)::bigint as completed
            from department_handling
            group by all
        ) as bins
    ) as taken,
    (
        select list_sort(list_distinct(coalesce(list(department), [])))
        from (
            select department from day
            union
            select department from consulted
        ) as named
        where department <> ''
    ) as departments,
    (
        select coalesce(list(records order by records), [])
        from (
            select distinct 'cases' as records from day where department <> ''
            union all
            select distinct 'consultations' from consulted where department <> ''
        ) as telling
    ) as narrowed,
    (select built_at from meta) as built_at
