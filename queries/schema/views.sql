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

-- The number without its unit, as printed: 55700 with 2 decimals of 万 is 5.57.
create macro printed(value, unit_mult, decimals) as
    printf('%.' || greatest(decimals, 0) || 'f', value::double / (10 ** unit_mult));

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
