-- question: whose documents does the store hold?
-- grain: one row for each publisher; measured tells whether its documents hold observations
-- parameters: none

select
    s.publisher,
    bool_or(o.document is not null) as measured
from documents as s
left join observations as o on o.document = s.document
where s.publisher is not null
group by s.publisher
order by s.publisher
