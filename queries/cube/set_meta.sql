-- question: note whose cube it is, what defines it and up to which day its records tell
-- grain: one row
-- parameters: publisher, cube_version, schema_version, calendar, at

create or replace temporary table told as
select max(day) as as_of
from (
    select day from day
    union all
    select day from consulted
) as days;

delete from meta;

insert into meta
select $publisher, $cube_version, $schema_version, $calendar, as_of, $at
from told;
