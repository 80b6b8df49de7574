-- question: what does a document measure, and how much?
-- grain: one row a figure
-- parameters: document

select value, unit, kind, scope, metric, department
from figures
where document = $document
order by figure;
