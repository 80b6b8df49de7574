-- question: what does a document measure, and how much, after what people decided?
-- grain: one row a figure
-- parameters: document

select value, unit, kind, scope, metric, department, period_start, period_end
from figures
where document = $document and decision is distinct from 'reject'
order by figure;
