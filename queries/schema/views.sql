-- question: which documents and observations hold, and what does a number look like in print?
-- grain: standing one row for each publisher, kind and period (others: each document), standing_observations one for
--   each publisher, metric, freq, time_period, scope, department and channel; meta one row
-- parameters: none

create table meta (
    fingerprint varchar not null,       -- of facts, catalogue, schema and reader
    schema_version varchar not null,    -- of the files in queries/schema
    built_at timestamp not null
);

-- Half a unit of the last printed place.
create macro half_unit(unit_mult, decimals) as
    (0.5 * 10.0 ** (unit_mult - decimals))::decimal(28, 6);

-- How far the printed number may lie from the true one: whole numbers that count things are exact, shares never are.
create macro slack_of(unit_mult, decimals, is_share) as
    (case when unit_mult = 0 and decimals = 0 and not is_share then 0 else half_unit(unit_mult, decimals) end)
        ::decimal(28, 6);

-- The number without its unit, as printed: 55700 with 2 decimals of 万 is 5.57.
create macro printed(value, unit_mult, decimals) as
    printf('%.' || greatest(decimals, 0) || 'f', value::double / (10 ** unit_mult));

-- A number in base units, without noughts that say nothing.
create macro bare(value) as
    regexp_replace(regexp_replace(value::decimal(28, 6)::varchar, '(\.[0-9]*?)0+$', '\1'), '\.$', '');

-- The newest vintage of each document as known on a day (null: now); copies and vintages that were replaced are left
-- out.
create macro standing(known_on) as table
select *
from documents
where copy_of is null and (known_on is null or coalesce(published_on, loaded_at::date) <= known_on::date)
qualify kind = 'other' or publisher is null or time_period is null
    or row_number() over (
        partition by publisher, kind, freq, time_period
        order by coalesce(published_on, loaded_at::date) desc, loaded_at desc, document
    ) = 1;

create view standing_documents as
from standing(null);

-- The value of each metric in each period as known on a day (null: now). A later document restates it where the two
-- differ by more than their rounding; where they do not, the finer print stands. A value that is held back stands only
-- where there is no other.
create macro standing_observations(known_on, unreviewed) as table
with vintages as (
    select o.*, o.publisher || ' ' || o.metric || ' ' || o.freq || ' ' || o.time_period || ' ' || o.scope || ' '
            || coalesce(o.department, '') || ' ' || coalesce(o.channel, '') as of_value,
        slack_of(o.unit_mult, o.decimals, o.unit_measure = 'percent') as slack
    from observations as o
    where (known_on is null or o.known_from <= known_on::date) and (coalesce(unreviewed, true) or o.obs_status <> 'V')
),
ranked as (
    select *, count(*) over (partition by of_value) as vintages, first_value(obs_value) over newest as newest_value,
        first_value(slack) over newest as newest_slack, first_value(obs_status) over newest = 'U' as all_held
    from vintages
    window newest as (
        partition by of_value order by obs_status = 'U', known_from desc nulls last, loaded_at desc, document, figure
    )
)
select * exclude (of_value, newest_value, newest_slack, all_held)
from ranked
where abs(obs_value - newest_value) <= slack + newest_slack and (obs_status = 'U') = all_held
qualify row_number() over (
    partition by of_value order by slack, known_from desc nulls last, loaded_at desc, document, figure
) = 1;

-- Observations with what their print allows; a number that is only about so large is left out of every sum.
create view measured as
select o.*, f.label, f.as_printed, f.unit,
    slack_of(o.unit_mult, o.decimals, o.unit_measure = 'percent') as slack,
    printed(o.obs_value, o.unit_mult, o.decimals) as shown
from observations as o
inner join figures as f using (document, figure)
where f.qualifier is null;

-- Measured values by which others may be judged: none that waits for a person, none beyond the range of its metric.
create view evidence as
select o.*
from measured as o
inner join figures as f using (document, figure)
left join metrics as m on o.metric = m.metric
where f.read_status <> 'U' and (f.read_status = 'A' or m.range_min is null or o.obs_value between m.range_min
    and m.range_max * if(m.kind = 'flow' and (o.scope = 'year_to_date' or o.freq = 'A'), 12, 1));
