-- question: what does a cube hold?
-- grain: one table for each rollup; month_accepted is the month of acceptance (its first day), by which a month that is
--   delivered again is recomputed alone; a count stands at the day or month of its own event
-- parameters: none
create table day (                      -- day x department x channel
    month_accepted date not null,
    day date not null,
    department varchar not null,
    channel varchar not null,
    accepted integer not null,
    completed integer not null,
    withdrawn integer not null,         -- ended without completion; open = accepted - completed - withdrawn, summed
    issued integer not null,
    issued_window integer not null,     -- of those at any window or counter
    issued_comprehensive integer not null,
    mailed integer not null,
    transferred integer not null,
    on_time integer not null,           -- completed within the promised working days
    overdue integer not null,           -- completed later than promised; without a promise neither
    rated integer not null,
    satisfied integer not null          -- rated 4 or 5
);

create table channel_day (              -- the day cube without departments
    month_accepted date not null,
    day date not null,
    channel varchar not null,
    accepted integer not null,
    completed integer not null,
    withdrawn integer not null,
    issued integer not null,
    issued_window integer not null,
    issued_comprehensive integer not null,
    mailed integer not null,
    transferred integer not null,
    on_time integer not null,
    overdue integer not null,
    rated integer not null,
    satisfied integer not null
);

create table day_handling (             -- the histogram of handling time: whole working days are its bins
    month_accepted date not null,
    day date not null,                  -- of completion
    department varchar not null,
    channel varchar not null,
    workdays smallint not null,
    completed integer not null
);

create table month (                    -- month x department x channel x city x item
    month_accepted date not null,
    month date not null,
    department varchar not null,
    channel varchar not null,
    city varchar not null,              -- '' where the record has none
    item_code varchar not null,
    accepted integer not null,
    completed integer not null,
    withdrawn integer not null,
    issued integer not null,
    issued_window integer not null,
    issued_comprehensive integer not null,
    mailed integer not null,
    transferred integer not null,
    on_time integer not null,
    overdue integer not null,
    rated integer not null,
    satisfied integer not null
);

create table month_handling (
    month_accepted date not null,
    month date not null,
    department varchar not null,
    channel varchar not null,
    city varchar not null,
    item_code varchar not null,
    workdays smallint not null,
    completed integer not null
);

create table city (                     -- the month cube without items
    month_accepted date not null,
    month date not null,
    department varchar not null,
    channel varchar not null,
    city varchar not null,
    accepted integer not null,
    completed integer not null,
    withdrawn integer not null,
    issued integer not null,
    issued_window integer not null,
    issued_comprehensive integer not null,
    mailed integer not null,
    transferred integer not null,
    on_time integer not null,
    overdue integer not null,
    rated integer not null,
    satisfied integer not null
);

create table city_handling (            -- its histogram, without departments
    month_accepted date not null,
    month date not null,
    channel varchar not null,
    city varchar not null,
    workdays smallint not null,
    completed integer not null
);

create table department_month (         -- the month cube without cities and items
    month_accepted date not null,
    month date not null,
    department varchar not null,
    channel varchar not null,
    accepted integer not null,
    completed integer not null,
    withdrawn integer not null,
    issued integer not null,
    issued_window integer not null,
    issued_comprehensive integer not null,
    mailed integer not null,
    transferred integer not null,
    on_time integer not null,
    overdue integer not null,
    rated integer not null,
    satisfied integer not null
);

create table department_handling (      -- its histogram, without channels
    month_accepted date not null,
    month date not null,
    department varchar not null,
    workdays smallint not null,
    completed integer not null
);

create table hours (                    -- when cases are accepted, where their time of day is known
    month_accepted date not null,
    department varchar not null,
    channel varchar not null,
    weekday tinyint not null,           -- 1 Monday … 7 Sunday
    hour tinyint not null,
    accepted integer not null
);

create table items (                    -- what an item is called
    month_accepted date not null,
    item_code varchar not null,
    department varchar not null,
    item_name varchar not null,
    accepted integer not null
);

create table consulted (                -- consultations by day; here month_accepted is the month of the consultation
    month_accepted date not null,
    day date not null,
    department varchar not null,        -- '' where the record has none
    kind varchar not null,
    place varchar not null,
    consultations integer not null,
    minutes decimal(18, 2) not null,
    timed integer not null              -- consultations whose minutes are known
);
create table meta (                     -- one row
    publisher varchar not null,         -- id
    cube_version integer not null,      -- of these tables, as who makes them elsewhere is told (docs/scale.md)
    schema_version varchar not null,
    calendar varchar not null,          -- a hash of the working days that on_time goes by
    as_of date,                         -- the day up to which the records tell: of the newest moment in them
    built_at timestamp not null
);
create table months (                   -- from which delivery each month was computed
    records varchar not null,           -- cases | consultations
    month_accepted date not null,
    delivery varchar not null,          -- hash of its Parquet files
    rows bigint not null,
    engine varchar not null,
    computed_at timestamp not null
);
