-- question: what do the cases of a month come to?
-- grain: one row: a struct of counts, all cases first
-- parameters: path
select {
    accepted: count(*),
    completed: count(*) filter (status = 'completed'),
    withdrawn: count(*) filter (status = 'withdrawn'),
    issued: count(issued_at),
    transferred: count(transferred_at)
}
from read_parquet($path)
