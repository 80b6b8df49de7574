-- question: what does the ledger hold?
-- grain: one table for each kind of record; offsets count characters of documents.text
-- parameters: none
create table documents (
    document varchar primary key,   -- sha256 of the file
    name varchar not null,          -- file name, or the facts' own name
    origin varchar not null,        -- facts | file | demo
    kind varchar not null,
    title varchar,
    issue integer,
    total_issue integer,
    publisher varchar,              -- its id in the catalogue; one that it does not know: the name printed
    published_on date,
    freq varchar,
    time_period varchar,
    period_start date, period_end date,
    text varchar,                   -- null until the document itself is loaded
    copy_of varchar,                -- the document whose equal figures this copy repeats
    suffix varchar,                 -- of its file; null for facts
    pages integer,                  -- none: 0
    read_as varchar not null,       -- a hash of its figures before anybody decided
    loaded_at timestamp not null
);

create table figures (
    document varchar not null,
    figure integer not null,        -- its place in the document, from 0
    label varchar not null,
    value decimal(28, 6),
    unit varchar not null,
    as_printed varchar not null,
    decimals integer not null,
    unit_mult integer not null,
    kind varchar not null,
    scope varchar not null,
    period_start date,
    period_end date,
    department varchar,
    area varchar,
    compares_with varchar,
    section varchar,
    start_at integer not null,
    end_at integer not null,
    quote varchar,
    metric varchar,
    qualifier varchar,
    status varchar not null,        -- A accepted, V unreviewed, U held back: after the checks
    read_status varchar not null,   -- the same before the checks
    score double,                   -- certainty of the OCR
    page integer,
    box double[],                   -- left, top, right, bottom in parts of the page
    read_value decimal(28, 6),      -- as it was read, where a person corrected it
    decision varchar,               -- accept | correct | reject | add | map
    decided_by varchar,
    decided_at timestamp,
    reason varchar,
    primary key (document, figure)
);

create table observations (
    document varchar not null,
    figure integer not null,
    metric varchar not null,
    freq varchar not null,
    time_period varchar not null,
    period_start date not null,
    period_end date not null,
    scope varchar not null,
    department varchar,
    channel varchar,
    publisher varchar not null,
    obs_value decimal(28, 6) not null,
    unit_measure varchar not null,
    unit_mult integer not null,
    decimals integer not null,
    obs_status varchar not null,    -- A accepted, V unreviewed, U held back
    known_from date,                -- print date, else the day of loading
    loaded_at timestamp not null
);

create table activities (
    document varchar not null,
    activity integer not null,
    date_start date not null,
    date_end date not null,
    category varchar not null,
    title varchar not null,
    section varchar,
    offices varchar[] not null,
    start_at integer not null,
    end_at integer not null,
    quote varchar,
    primary key (document, activity)
);

create table activity_departments (
    document varchar not null,
    activity integer not null,
    rank integer not null,
    department varchar not null,
    printed varchar,
    role varchar not null
);

create table tasks (
    document varchar not null,
    task integer not null,          -- its number in the plan
    section varchar not null,
    title varchar not null,
    start_at integer not null,
    end_at integer not null,
    primary key (document, task)
);

create table task_departments (
    document varchar not null,
    task integer not null,
    rank integer not null,
    department varchar not null,
    printed varchar,
    role varchar not null
);

create table task_targets (
    document varchar not null,
    task integer not null,
    rank integer not null,
    label varchar not null,
    value decimal(28, 6) not null,
    unit varchar not null,
    as_printed varchar not null
);

create table numbers (                  -- numbers that are no figures
    document varchar not null,
    text varchar not null,
    rule varchar,                       -- null: unclaimed
    start_at integer not null,
    end_at integer not null
);

create table problems (
    document varchar not null,
    code varchar not null,
    params json not null,
    start_at integer,
    end_at integer
);

create table checks (
    document varchar not null,
    id varchar not null,
    result varchar not null,
    severity varchar not null,
    figures integer[] not null,
    params json not null
);

create table metrics (
    metric varchar primary key,
    rank integer not null,
    unit varchar not null,
    kind varchar not null,              -- flow | stock | share
    range_min decimal(28, 6),
    range_max decimal(28, 6)
);

create table identities (
    id varchar not null,
    kind varchar not null,              -- sum | share | moves_with
    whole varchar not null,
    part varchar not null,
    rank integer not null
);

create table departments (
    department varchar primary key,
    rank integer not null,
    kind varchar not null
);
