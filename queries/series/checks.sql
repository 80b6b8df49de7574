-- question: what did the checks find?
-- grain: one row an examined case; params are the printed numbers of its sentence (text key check.<id>)
-- parameters: document (null: every document)

select c.document, c.id, c.result, c.severity, c.figures, c.params, d.kind, d.title, d.issue, d.publisher,
    d.published_on, d.time_period, d.period_end, d.name,
    coalesce(list_has_any(c.figures, (select list(figure) from figures where document = c.document and status = 'U')),
        false) as held
from checks as c
inner join documents as d using (document)
where $document is null or c.document = $document
order by d.period_end desc nulls last, c.document, c.result = 'fail' desc, c.severity, c.id, c.figures;
