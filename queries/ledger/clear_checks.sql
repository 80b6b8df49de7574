-- question: forget the results of the last run of the checks
-- grain: the whole table
-- parameters: none

delete from checks;
