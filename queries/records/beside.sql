-- question: what becomes of the rows that stood, beside those of a delivery?
-- grain: month that stood: found (rows whose number is delivered), moved (of them, to another month), back (of them, to
--   an earlier state)
-- parameters: of (table); expects ``stood`` (key, latest, path) and ``standing_months`` (registered: path, month)
with delivered as (
    select key, latest, strftime(moment, '%Y-%m') as month
    from staged
    where of = $of and fault is null
)
select m.month, count(*) as found, count(*) filter (d.month <> m.month) as moved,
    count(*) filter (d.latest < s.latest) as back
from stood as s
inner join standing_months as m on s.path = m.path
inner join delivered as d on s.key = d.key
group by m.month
order by m.month
