-- question: what are the lines of CSV of the cases that a number counts?
-- grain: one line for each case, sorted as in drill; columns as in hall.export.cases
-- parameters: measure, first, last, open_on, departments, channels, cities, items (see counted), whole (whether numbers
--   of cases are shown whole), line_end (what closes each line); expects drilled, the macros of cells, and labels (of:
--   a column, code, cells: the code and its name)

select
    concat(
        cell(c.case_id), ',', cell(c.item_code), ',', cell(c.item_name), ',',
        coalesce(d.cells, concat(cell(c.department), ',')), ',', coalesce(h.cells, concat(cell(c.channel), ',')), ',',
        coalesce(y.cells, concat(cell(c.city), ',')), ',', coalesce(a.cells, concat(cell(c.applicant_type), ',')), ',',
        moment_cell(c.accepted_at), ',', moment_cell(c.completed_at), ',',
        c.workdays, ',', c.promised_workdays, ',', c.on_time, ',',
        coalesce(s.cells, concat(cell(c.status), ',')), ',', moment_cell(c.issued_at), ',',
        coalesce(p.cells, concat(cell(c.issued_at_place), ',')), ',', moment_cell(c.transferred_at), ',',
        coalesce(r.cells, concat(cell(c.delivery), ',')), ',', c.satisfaction, $line_end::varchar
    ) as line
from drilled($whole, $measure, $first, $last, $open_on, $departments, $channels, $cities, $items) as c
left join labels as d on d.of = 'department' and c.department = d.code
left join labels as h on h.of = 'channel' and c.channel = h.code
left join labels as y on y.of = 'city' and c.city = y.code
left join labels as a on a.of = 'applicant_type' and c.applicant_type = a.code
left join labels as s on s.of = 'status' and c.status = s.code
left join labels as p on p.of = 'issued_at_place' and c.issued_at_place = p.code
left join labels as r on r.of = 'delivery' and c.delivery = r.code
order by c.moment, c.number
