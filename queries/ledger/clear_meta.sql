-- question: forget what the version before this one was built from
-- grain: the whole table
-- parameters: none

delete from meta;
