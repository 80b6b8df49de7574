-- question: which documents and observations hold, and what does a number look like in print?
-- grain: standing_documents one row for each publisher, kind and period (others: each document); meta one row
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

-- The newest vintage of each document; copies and vintages that were replaced are left out.
create view standing_documents as
select *
from documents
where copy_of is null
qualify kind = 'other' or publisher is null or time_period is null
    or row_number() over (
        partition by publisher, kind, freq, time_period
        order by coalesce(published_on, loaded_at::date) desc, loaded_at desc, document
    ) = 1;

-- Observations with what their print allows; a number that is only about so large is left out of every sum.
create view measured as
select o.*, f.label, f.as_printed, f.unit,
    slack_of(o.unit_mult, o.decimals, o.unit_measure = 'percent') as slack,
    printed(o.obs_value, o.unit_mult, o.decimals) as shown
from observations as o
join figures as f using (document, figure)
where f.qualifier is null;
