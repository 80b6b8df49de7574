-- question: which numbers (ids) does a delivery hold?
-- grain: a row that nothing is wrong with
-- parameters: of (table)
select key from staged where of = $of and fault is null
