-- question: what does a file or page tell of each case that a number counts?
-- grain: one row for each case, as a macro; moment is that of the event, number the number of the case
-- parameters: none; expects counted. The macro takes whole (whether numbers of cases are shown whole), then what
--   counted takes

create or replace macro drilled(
    whole, what, first_day, last_day, open_on, of_departments, of_channels, of_cities, of_items
) as table (
    select
        case
            when whole then case_id
            when length(case_id) >= 10
                then left(case_id, 4) || repeat('•', least(length(case_id) - 6, 4)) || right(case_id, 2)
            else left(case_id, length(case_id) // 4) || repeat('•', length(case_id) - length(case_id) // 4)
        end as case_id,
        item_code,
        item_name,
        department,
        channel,
        city,
        applicant_type,
        accepted_at,
        completed_at,
        taken as workdays,
        promised_workdays,
        case when status = 'completed' then taken <= promised_workdays end as on_time,
        status,
        issued_at,
        issued_at_place,
        transferred_at,
        delivery,
        satisfaction,
        moment,
        c.case_id as number
    from counted(what, first_day, last_day, open_on, of_departments, of_channels, of_cities, of_items) as c
)
