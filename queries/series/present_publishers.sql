-- question: whose documents does the store hold?
-- grain: one row for each publisher; measured tells whether its documents hold observations
-- parameters: known_on (date, null for now)

select
    s.publisher,
    bool_or(o.document is not null) as measured
from documents as s
left join observations as o on s.document = o.document
where s.publisher is not null
    and ($known_on is null or coalesce(s.published_on, s.loaded_at::date) <= $known_on::date)
group by s.publisher
order by s.publisher
