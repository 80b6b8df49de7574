-- question: up to which moment does what is added tell, and what stood?
-- grain: one row
-- parameters: of (table); expects ``stood`` (key, latest, path)
select
    (select max(latest) from staged where of = $of and fault is null) as added,
    (select max(latest) from stood) as stood
