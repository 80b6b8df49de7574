-- question: what do the consultations of a month come to?
-- grain: one row: a struct of counts, all consultations first
-- parameters: path
select {
    consultations: count(*),
    phone: count(*) filter (kind = 'phone'),
    onsite: count(*) filter (kind = 'onsite'),
    online: count(*) filter (kind = 'online')
}
from read_parquet($path)
