-- question: which cases does a number count? The one home of the rule; the rollups hold the same (queries/rollups)
-- grain: one row for each case, as a macro that the questions beside it call
-- parameters: none; expects cases and workdays (day, number). The macro takes what (accepted, completed, withdrawn,
--   issued, issued_window, issued_comprehensive, mailed, transferred, on_time, overdue, open), first_day and last_day
--   of the event, open_on (the day at whose end open cases are open; they lie at their acceptance), and lists (null for
--   all) of departments, channels, cities ('' where none is told) and items

create or replace macro counted(what, first_day, last_day, open_on, of_departments, of_channels, of_cities, of_items)
as table (
    with events as (
        select *,
            case
                when what in ('accepted', 'open') then accepted_at
                when what in ('completed', 'withdrawn', 'on_time', 'overdue') then completed_at
                when what = 'transferred' then transferred_at
                else issued_at
            end as moment
        from cases
    ),
    found as (
        select e.*, ended.number - begun.number as taken
        from events as e
        left join workdays as begun on begun.day = cast(e.accepted_at as date)
        left join workdays as ended on ended.day = cast(e.completed_at as date)
        where moment >= cast(first_day as date)
            and moment < cast(last_day as date) + interval 1 day
            and (of_departments is null or list_contains(of_departments, department))
            and (of_channels is null or list_contains(of_channels, channel))
            and (of_cities is null or list_contains(of_cities, coalesce(city, '')))
            and (of_items is null or list_contains(of_items, item_code))
    )
    select *
    from found
    where case what
        when 'completed' then status = 'completed'
        when 'withdrawn' then status = 'withdrawn'
        when 'on_time' then status = 'completed' and taken <= promised_workdays
        when 'overdue' then status = 'completed' and taken > promised_workdays
        when 'issued_window' then issued_at_place is not null
        when 'issued_comprehensive' then issued_at_place = 'comprehensive_window'
        when 'mailed' then delivery = 'mail'
        when 'open' then status = 'open' or completed_at is null
            or completed_at >= cast(open_on as date) + interval 1 day
        else true
    end
)
