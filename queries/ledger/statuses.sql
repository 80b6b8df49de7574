-- question: which status has each figure after the checks?
-- grain: one row a figure of a ledger that holds one document
-- parameters: none

select figure, status
from figures
order by figure;
