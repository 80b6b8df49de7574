-- question: which months do the documents tell of?
-- grain: one row, dates null for an empty store; yearly plans do not widen it
-- parameters: known_on (date, null for now)

select min(period_start) as first, max(period_end) as last
from documents
where freq in ('D', 'W', 'M')
    and ($known_on is null or coalesce(published_on, loaded_at::date) <= $known_on::date)
