-- question: what was this version built from?
-- grain: one row
-- parameters: none

select fingerprint, schema_version, built_at
from meta;
