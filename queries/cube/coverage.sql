-- question: which months does the cube hold, up to which day do the records of each kind tell, which departments do
--   they name, and how long did the cases take that were completed each month?
-- grain: one row; lists sorted, of months as (month, rows), of times as (month, working days, completed cases); empty
--   lists and no days for an empty cube
-- parameters: none

select
    (
        select
            coalesce(list({'month': strftime(month_accepted, '%Y-%m'), 'rows': rows} order by month_accepted), [])
        from months where records = 'cases'
    ) as cases,
    (
        select
            coalesce(list({'month': strftime(month_accepted, '%Y-%m'), 'rows': rows} order by month_accepted), [])
        from months where records = 'consultations'
    ) as consultations,
    (select max(day) from channel_day) as cases_to,
    (select max(day) from consulted) as consultations_to,
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
