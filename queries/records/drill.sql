-- question: which cases does a number count, in the order of what happened to them?
-- grain: one row for each case, sorted by the moment of the event, then by its number
-- parameters: measure, first, last, open_on, departments, channels, cities, items (see counted), whole (whether numbers
--   of cases are shown whole), after (how many rows are left out), many (how many follow, null for all)

select * exclude (moment, number)
from drilled($whole, $measure, $first, $last, $open_on, $departments, $channels, $cities, $items)
order by moment, number
limit $many::bigint
offset $after::bigint
