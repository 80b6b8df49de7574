-- question: what defines the cube, and up to which day do its records tell?
-- grain: one row
-- parameters: none

select
    schema_version,
    calendar,
    as_of,
    built_at
from meta
