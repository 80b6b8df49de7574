-- question: which cases does a number count, in the order of what happened to them?
-- grain: one row for each case, sorted by the moment of the event, then by its number
-- parameters: measure, first, last, open_on, departments, channels, cities, items (see counted), whole (whether numbers
--   of cases are shown whole), after (how many rows are left out), many (how many follow, null for all)

select
    case
        when $whole then case_id
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
    satisfaction
from counted($measure, $first, $last, $open_on, $departments, $channels, $cities, $items) as c
order by c.moment, c.case_id
limit $many::bigint
offset $after::bigint
