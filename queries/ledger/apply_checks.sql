-- question: hold back the figures that a check found wrong, and nothing else
-- grain: one figure; its observations follow it
-- parameters: none

update figures set status = read_status where status <> read_status;

update figures set status = 'U'
where read_status = 'V' and exists (
    from checks as c
    where c.document = figures.document and c.result = 'fail' and c.severity = 'hold'
        and list_contains(c.figures, figures.figure)
);

update observations set obs_status = f.status
from figures as f
where f.document = observations.document and f.figure = observations.figure
    and observations.obs_status <> f.status;
