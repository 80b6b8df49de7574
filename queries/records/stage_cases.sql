-- question: what is wrong with each delivered row of cases, first of all?
-- grain: a row of ``delivered``, in its order
-- parameters: file, formats (of moments), meanings (of the spellings of words.sql, by column), horizon (a moment from
--   then on has not happened yet), limits (of numbers, by column), key_heading and month_heading (a row that repeats
--   them is a heading)
insert into cases
with judged as (
    select *, case
        when raw.case_id = $key_heading and raw.accepted_at = $month_heading then 'heading case_id'
        when spoiled(case_id) then 'spoiled case_id'
        when spoiled(item_code) then 'spoiled item_code'
        when case_id is null then 'missing case_id'
        when item_code is null then 'missing item_code'
        when department is null then if(raw.department is null, 'missing', 'department') || ' department'
        when channel is null then if(raw.channel is null, 'missing', 'code') || ' channel'
        when city is null and raw.city is not null then 'city city'
        when applicant_type is null and raw.applicant_type is not null then 'code applicant_type'
        when accepted_at is null then if(bare(raw.accepted_at) is null, 'missing', 'moment') || ' accepted_at'
        when completed_at is null and bare(raw.completed_at) is not null then 'moment completed_at'
        when issued_at is null and bare(raw.issued_at) is not null then 'moment issued_at'
        when transferred_at is null and bare(raw.transferred_at) is not null then 'moment transferred_at'
        when status is null then if(raw.status is null, 'missing', 'code') || ' status'
        when issued_at_place is null and raw.issued_at_place is not null then 'code issued_at_place'
        when delivery is null and raw.delivery is not null then 'code delivery'
        when promised_workdays is null and bare(raw.promised_workdays) is not null
            then no_number(raw.promised_workdays) || ' promised_workdays'
        when satisfaction is null and bare(raw.satisfaction) is not null
            then no_number(raw.satisfaction) || ' satisfaction'
        when promised_workdays not between $limits.promised_workdays[1] and $limits.promised_workdays[2]
            then 'range promised_workdays'
        when satisfaction not between $limits.satisfaction[1] and $limits.satisfaction[2] then 'range satisfaction'
        when accepted_at < oldest() then 'range accepted_at'
        when precedes(completed_at, accepted_at) then 'before completed_at'
        when precedes(issued_at, accepted_at) then 'before issued_at'
        when precedes(transferred_at, accepted_at) then 'before transferred_at'
        when status = 'completed' and completed_at is null then 'contradicts completed_at'
        when status = 'open' and completed_at is not null then 'contradicts completed_at'
        when accepted_at >= $horizon then 'future accepted_at'
        when completed_at >= $horizon then 'future completed_at'
        when issued_at >= $horizon then 'future issued_at'
        when transferred_at >= $horizon then 'future transferred_at'
    end as fault
    from read_cases($formats, $meanings)
)
select $file, line, fault, if(fault is null, other_text(raw.case_id, case_id), stood(fault, raw)),
    case_id, item_code, item_name, department, channel, city, applicant_type, accepted_at, completed_at, issued_at,
    transferred_at, status, issued_at_place, delivery, promised_workdays, satisfaction
from judged
