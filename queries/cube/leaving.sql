-- question: which month leaves the cube?
-- grain: one row, kept in temporary table leaving
-- parameters: records (cases | consultations), month (2025-10)

create or replace temporary table leaving as
select
    $records as records,
    cast($month || '-01' as date) as month_accepted;
