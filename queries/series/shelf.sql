-- question: which documents are on the shelf, how much was read from each, and what still waits for a person?
-- grain: one row for each document, newest print first; ``current`` marks the one of its vintages that speaks
-- parameters: publishers (list, null for all), first, last (dates, null for no bound), known_on (date, null for now)

with shelf as (
    select *, document in (select document from standing($known_on)) as current
    from documents
    where ($known_on is null or coalesce(published_on, loaded_at::date) <= $known_on::date)
        and ($publishers is null or list_contains($publishers, publisher))
        and ($first::date is null or period_end is null or period_end >= $first::date)
        and ($last::date is null or period_start is null or period_start <= $last::date)
),

read as (
    select
        document,
        count(*) as figures,
        count(*) filter (where status = 'V') as unreviewed,
        count(*) filter (where status = 'U') as held
    from figures
    group by document
),

bound as (
    select document, count(*) as observations
    from observations
    group by document
),

failing as (
    select document, count(*) as failed
    from checks
    where result = 'fail' and severity = 'hold'
    group by document
)

select
    s.document, s.name, s.origin, s.kind, s.title, s.issue, s.total_issue, s.publisher, s.published_on,
    s.freq, s.time_period, s.period_start, s.period_end, s.copy_of, s.loaded_at, s.current,
    s.text is not null as has_text, s.suffix, coalesce(s.pages, 0) as pages,
    coalesce(r.figures, 0)::bigint as figures,
    coalesce(r.unreviewed, 0)::bigint as unreviewed,
    coalesce(r.held, 0)::bigint as held,
    coalesce(b.observations, 0)::bigint as observations,
    coalesce(f.failed, 0)::bigint as failed
from shelf as s
left join read as r on s.document = r.document
left join bound as b on s.document = b.document
left join failing as f on s.document = f.document
order by coalesce(s.published_on, s.loaded_at::date) desc, s.period_end desc nulls last, s.name, s.document
