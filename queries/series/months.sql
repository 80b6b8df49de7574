-- question: which months do the documents tell of?
-- grain: one row, dates null for an empty store; yearly plans do not widen it
-- parameters: none

select min(period_start) as first, max(period_end) as last
from documents
where freq in ('D', 'W', 'M')
