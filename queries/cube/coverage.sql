-- question: which months does the cube hold, up to which day do its records tell, and which departments do they name?
-- grain: one row, lists sorted; empty lists and no day for an empty cube
-- parameters: none

select
    (
        select coalesce(list(strftime(month_accepted, '%Y-%m') order by month_accepted), [])
        from months where records = 'cases'
    ) as cases,
    (
        select coalesce(list(strftime(month_accepted, '%Y-%m') order by month_accepted), [])
        from months where records = 'consultations'
    ) as consultations,
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
    (select as_of from meta) as as_of,
    (select built_at from meta) as built_at
