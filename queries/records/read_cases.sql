-- question: what does each delivered row of cases say?
-- grain: a row of ``delivered``, in its order; ``raw`` is the row as it came; null where a value cannot be read
-- parameters: none (formats of moments and what spellings mean, arguments of the macro)
create or replace temp macro read_cases(formats, meanings) as table
select d.line, d as raw,
    id_text(d.case_id) as case_id, id_text(d.item_code) as item_code, bare(d.item_name) as item_name,
    meant(enum_code(try_cast(d.department as department_words)), meanings['department']::department[]) as department,
    meant(enum_code(try_cast(d.channel as channel_words)), meanings['channel']::channel[]) as channel,
    meant(enum_code(try_cast(d.city as city_words)), meanings['city']::city[]) as city,
    meant(enum_code(try_cast(d.applicant_type as applicant_type_words)), meanings['applicant_type']::applicant_type[])
        as applicant_type,
    moment(d.accepted_at, formats) as accepted_at, moment(d.completed_at, formats) as completed_at,
    moment(d.issued_at, formats) as issued_at, moment(d.transferred_at, formats) as transferred_at,
    meant(enum_code(try_cast(d.status as status_words)), meanings['status']::status[]) as status,
    meant(
        enum_code(try_cast(d.issued_at_place as issued_at_place_words)), meanings['issued_at_place']::issued_at_place[]
    ) as issued_at_place,
    meant(enum_code(try_cast(d.delivery as delivery_words)), meanings['delivery']::delivery[]) as delivery,
    whole(d.promised_workdays) as promised_workdays,
    coalesce(
        whole(d.satisfaction),
        meant(enum_code(try_cast(d.satisfaction as satisfaction_words)), meanings['satisfaction'])::smallint
    ) as satisfaction
from delivered as d
