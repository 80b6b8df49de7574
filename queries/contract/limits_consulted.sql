-- question: do the minutes of consultations belong to some of them?
-- grain: the first row in which they do not; none where all is well
-- parameters: none

select
    'consulted' as held,
    'timed <= consultations, minutes = 0 where timed = 0, minutes <= 1440 * timed' as rule,
    concat_ws(' ', day, department, kind, place) as spot
from consulted
where timed > consultations or minutes > 1440 * timed
order by all
limit 1
