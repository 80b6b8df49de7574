-- question: which lines did earlier scans refuse? (none any more: they were noted)
-- grain: a line
-- parameters: none
truncate reject_errors
