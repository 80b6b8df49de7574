-- question: what does each delivered row of cases say?
-- grain: a row of ``delivered``, in its order; ``raw`` is the row as it came; null where a value cannot be read
-- parameters: none (formats of moments, an argument of the macro)
create or replace temp macro read_cases(formats) as table
select d.line, d as raw,
    bare(d.case_id) as case_id, bare(d.item_code) as item_code, bare(d.item_name) as item_name,
    department.value as department, channel.value as channel, city.value as city, applicant.value as applicant_type,
    moment(d.accepted_at, formats) as accepted_at, moment(d.completed_at, formats) as completed_at,
    moment(d.issued_at, formats) as issued_at, moment(d.transferred_at, formats) as transferred_at,
    status.value as status, place.value as issued_at_place, delivery.value as delivery,
    whole(d.promised_workdays) as promised_workdays, whole(coalesce(rating.value, d.satisfaction)) as satisfaction
from delivered d
left join (select spelling, value::department as value from spelled where of = 'department') department
    on department.spelling = d.department
left join (select spelling, value::channel as value from spelled where of = 'channel') channel
    on channel.spelling = d.channel
left join (select spelling, value::city as value from spelled where of = 'city') city
    on city.spelling = d.city
left join (select spelling, value::applicant_type as value from spelled where of = 'applicant_type') applicant
    on applicant.spelling = d.applicant_type
left join (select spelling, value::status as value from spelled where of = 'status') status
    on status.spelling = d.status
left join (select spelling, value::issued_at_place as value from spelled where of = 'issued_at_place') place
    on place.spelling = d.issued_at_place
left join (select spelling, value::delivery as value from spelled where of = 'delivery') delivery
    on delivery.spelling = d.delivery
left join (select spelling, value from spelled where of = 'satisfaction') rating on rating.spelling = d.satisfaction
