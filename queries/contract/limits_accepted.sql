-- question: does nothing happen to more cases than were accepted?
-- grain: the first place where it does; none where all is well
-- parameters: none

select
    'month' as held,
    'completed + withdrawn <= accepted, issued <= accepted, transferred <= accepted' as rule,
    concat_ws(' ', month_accepted, department, channel, city, item_code) as spot
from month
group by month_accepted, department, channel, city, item_code
having sum(completed) + sum(withdrawn) > sum(accepted)
    or sum(issued) > sum(accepted) or sum(transferred) > sum(accepted)
order by all
limit 1
