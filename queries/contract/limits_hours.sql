-- question: is no hour known of more cases than were accepted?
-- grain: the first place where it is; none where all is well
-- parameters: none

with accepted as (
    select month_accepted, department, channel, sum(accepted) as accepted
    from day
    group by month_accepted, department, channel
)
select
    'hours' as held,
    'accepted <= day.accepted' as rule,
    concat_ws(' ', h.month_accepted, h.department, h.channel) as spot
from hours as h
left join accepted as a using (month_accepted, department, channel)
group by h.month_accepted, h.department, h.channel, a.accepted
having sum(h.accepted) > coalesce(a.accepted, 0)
order by all
limit 1
