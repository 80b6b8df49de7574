-- question: what does each delivered row of consultations say?
-- grain: a row of ``delivered``, in its order; ``raw`` is the row as it came; null where a value cannot be read
-- parameters: none (formats of moments and what spellings mean, arguments of the macro)
create or replace temp macro read_consultations(formats, meanings) as table
select d.line, d as raw, id_text(d.id) as id,
    meant(enum_code(try_cast(d.kind as kind_words)), meanings['kind']::kind[]) as kind,
    meant(enum_code(try_cast(d.place as place_words)), meanings['place']::place[]) as place,
    meant(enum_code(try_cast(d.department as department_words)), meanings['department']::department[]) as department,
    meant(enum_code(try_cast(d.city as city_words)), meanings['city']::city[]) as city,
    moment(d."at", formats) as "at", amount(d.minutes) as minutes
from delivered as d
