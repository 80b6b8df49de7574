-- question: what is wrong with each delivered row of consultations, first of all?
-- grain: a row of ``delivered``, in its order
-- parameters: file, formats (of moments), meanings (of the spellings of words.sql, by column), horizon (a moment from
--   then on has not happened yet), limits (of numbers, by column), key_heading and month_heading (a row that repeats
--   them is a heading)
insert into consultations
with judged as (
    select *, case
        when raw.id = $key_heading and raw."at" = $month_heading then 'heading id'
        when spoiled(id) then 'spoiled id'
        when id is null then 'missing id'
        when kind is null then if(raw.kind is null, 'missing', 'code') || ' kind'
        when place is null then if(raw.place is null, 'missing', 'code') || ' place'
        when department is null and raw.department is not null then 'department department'
        when city is null and raw.city is not null then 'city city'
        when "at" is null then if(bare(raw."at") is null, 'missing', 'moment') || ' at'
        when minutes is null and bare(raw.minutes) is not null then 'number minutes'
        when minutes not between $limits.minutes[1] and $limits.minutes[2] then 'range minutes'
        when "at" < oldest() then 'range at'
        when "at" >= $horizon then 'future at'
    end as fault
    from read_consultations($formats, $meanings)
)
select $file, line, fault, if(fault is null, other_text(raw.id, id), stood(fault, raw)),
    id, kind, place, department, city, "at", minutes
from judged
