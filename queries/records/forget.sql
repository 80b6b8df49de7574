-- question: which lines did the last scan refuse? (none any more: they have been noted)
-- grain: a line
-- parameters: none
truncate reject_errors
