-- question: what does each delivered row of consultations say?
-- grain: a row of ``delivered``, in its order; ``raw`` is the row as it came; null where a value cannot be read
-- parameters: none (formats of moments, an argument of the macro)
create or replace temp macro read_consultations(formats) as table
select d.line, d as raw, bare(d.id) as id, kind.value as kind, place.value as place, department.value as department,
    city.value as city, moment(d."at", formats) as "at", amount(d.minutes) as minutes
from delivered d
left join (select spelling, value::kind as value from spelled where of = 'kind') kind on kind.spelling = d.kind
left join (select spelling, value::place as value from spelled where of = 'place') place on place.spelling = d.place
left join (select spelling, value::department as value from spelled where of = 'department') department
    on department.spelling = d.department
left join (select spelling, value::city as value from spelled where of = 'city') city on city.spelling = d.city
