-- question: which values were restated by a later document, from what to what?
-- grain: one row for each change of a value beyond what its rounding allows, newest first
-- parameters: publishers (list, null for all), first, last (dates, null for no bound), show_unreviewed, known_on (date,
--   null for now)

with vintages as (
    select o.*, slack_of(o.unit_mult, o.decimals, o.unit_measure = 'percent') as slack,
        d.kind, d.issue, d.title, d.published_on, d.origin, d.period_start as issue_start, d.period_end as issue_end
    from observations as o
    inner join documents as d using (document)
    where ($known_on is null or o.known_from <= $known_on::date)
        and o.obs_status <> 'U'
        and (coalesce($show_unreviewed, true) or o.obs_status <> 'V')
        and ($publishers is null or list_contains($publishers, o.publisher))
        and ($first::date is null or o.period_end >= $first::date)
        and ($last::date is null or o.period_start <= $last::date)
),
pairs as (
    select *, lag(struct_pack(obs_value, unit_measure, unit_mult, decimals, obs_status, known_from, document, slack,
        kind, issue, title, published_on, origin, issue_start, issue_end)) over (
        partition by publisher, metric, freq, time_period, scope, department, channel
        order by known_from, loaded_at, document, figure
    ) as old
    from vintages
)
select metric, publisher, freq, time_period, period_start, period_end, scope, department, channel,
    old.obs_value as old_value, old.unit_measure as old_unit, old.unit_mult as old_mult, old.decimals as old_decimals,
    old.known_from as old_known_from, old.document as old_document, old.kind as old_kind, old.issue as old_issue,
    old.title as old_title, old.published_on as old_published_on, old.origin as old_origin,
    old.issue_start as old_issue_start, old.issue_end as old_issue_end,
    obs_value, unit_measure, unit_mult, decimals, obs_status, known_from, document, kind, issue, title, published_on,
    origin, issue_start, issue_end, obs_value - old.obs_value as change
from pairs
where old is not null and old.document <> document and abs(obs_value - old.obs_value) > slack + old.slack
order by known_from desc nulls last, loaded_at desc, period_end desc, metric, scope, department nulls first,
    channel nulls first, document;
