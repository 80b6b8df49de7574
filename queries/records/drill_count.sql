-- question: how many cases does a number count?
-- grain: one row
-- parameters: measure, first, last, open_on, departments, channels, cities, items (see counted)

select count(*) as cases
from counted($measure, $first, $last, $open_on, $departments, $channels, $cities, $items)
