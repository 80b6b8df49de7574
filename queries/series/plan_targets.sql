-- question: which quantities do the tasks of a plan set themselves?
-- grain: one row for each target of a task
-- parameters: none

select document, task, rank, label, value, unit, as_printed
from task_targets
order by document, task, rank
