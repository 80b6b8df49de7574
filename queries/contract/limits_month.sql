-- question: is nothing of a month more than that of which it is a part?
-- grain: the first row in which it is; none where all is well
-- parameters: none

select
    'month' as held,
    'on_time + overdue <= completed, satisfied <= rated <= completed, '
    || 'issued_comprehensive <= issued_window <= issued, mailed <= issued' as rule,
    concat_ws(' ', month, department, channel, city, item_code) as spot
from month
where on_time + overdue > completed or satisfied > rated or rated > completed
    or issued_comprehensive > issued_window or issued_window > issued or mailed > issued
order by all
limit 1
