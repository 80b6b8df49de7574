-- question: what is a delivery while it is read?
-- grain: cases, consultations: a row that was read (file: its number; line: its place in the file, null where rowid
--   tells it; fault: reason and column, null where nothing is wrong; value: what stood there, else its number as it was
--   written where it stands otherwise); broken: a line that is no row; dropped: a row that gave way to another and is
--   staged no longer (lost: no later state of the same case tells what it told); unread: words that mean nothing
--   (filled where that is asked for); codes (registered): values of the codes
-- parameters: none
set TimeZone = 'Asia/Shanghai';     -- moments with a zone are told in that of the halls
set enable_progress_bar = true;     -- asked for, never printed
set enable_progress_bar_print = false;
set progress_bar_time = 0;

create type department as enum (select value from codes where of = 'department' order by rank);
create type city as enum (select value from codes where of = 'city' order by rank);
create type channel as enum (select value from codes where of = 'channel' order by rank);
create type applicant_type as enum (select value from codes where of = 'applicant_type' order by rank);
create type status as enum (select value from codes where of = 'status' order by rank);
create type issued_at_place as enum (select value from codes where of = 'issued_at_place' order by rank);
create type delivery as enum (select value from codes where of = 'delivery' order by rank);
create type kind as enum (select value from codes where of = 'kind' order by rank);
create type place as enum (select value from codes where of = 'place' order by rank);

create temp table cases (
    file usmallint, line bigint, fault varchar, value varchar,
    case_id varchar, item_code varchar, item_name varchar, department department, channel channel, city city,
    applicant_type applicant_type, accepted_at timestamp, completed_at timestamp, issued_at timestamp,
    transferred_at timestamp, status status, issued_at_place issued_at_place, delivery delivery,
    promised_workdays smallint, satisfaction smallint
);
create temp table consultations (
    file usmallint, line bigint, fault varchar, value varchar,
    id varchar, kind kind, place place, department department, city city, "at" timestamp, minutes decimal(9, 2)
);
create temp table broken (file usmallint, line bigint, reason varchar, value varchar);
create temp table dropped (
    of varchar, row_id bigint, file usmallint, line bigint, key varchar, value varchar, reason varchar,
    lost boolean
);
create temp table unread (file usmallint, "column" varchar, word varchar, rows bigint, line bigint);

-- Blanks of all widths, as spreadsheets and web forms leave them; most words hold none.
create temp macro bare(words) as case
    when words is null then null
    when contains(words, chr(32)) or contains(words, chr(9)) or contains(words, chr(10)) or contains(words, chr(13))
        or contains(words, chr(160)) or contains(words, chr(12288)) then
        nullif(trim(words, chr(32) || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288)), '')
    else words
end;

-- A number (id) as text. What keeps a spreadsheet off it (="510…", '510…), the width of its characters, marks of no
-- width and the .0 of a program that took it for a fraction are no part of it.
create temp macro narrow(words) as array_to_string(list_transform(
    string_split(words, ''),
    lambda c: case
        when unicode(c) between 65281 and 65374 then chr((unicode(c) - 65248)::integer)
        when unicode(c) in (8203, 8204, 8205, 8288, 65279) then ''
        else c
    end
), '');
create temp macro rare_id(words) as nullif(regexp_replace(
    regexp_replace(bare(narrow(words)), '^[=\s"''`‘’“”]+|[\s"''`‘’“”]+$', '', 'g'), '^(\d{1,15})\.0+$', '\1'
), '');
create temp macro id_text(words) as case
    when words is null then null
    when strlen(words) = length(words) and (words >= '0' and words < ':' or words >= 'A' and words < '{')
        and not suffix(words, '.0') then bare(words)
    else rare_id(words)
end;
-- Its text where it came as another one.
create temp macro other_text(words, id) as case when words <> id and bare(words) <> id then left(bare(words), 200) end;
-- A number that went through a floating point: its last digits are gone.
create temp macro spoiled(id) as (contains(id, '.') or contains(id, '+'))
    and regexp_full_match(id, '-?\d([.,]\d+)?[eE]\+\d+|-?\d[.,]\d+[eE]\d+|\d{16,}\.0*');
-- The text of a floating point.
create temp macro float_text(n) as case
    when isnan(n) then null
    when n = trunc(n) and abs(n) < 1e15 then try_cast(n as bigint)::varchar
    else n::varchar
end;

-- A moment as text: 2025-10-03 08:05:00 at once; else a day number of Excel, one of the formats, or with a zone.
-- A run of digits is read only at a length that no other reading fits.
create temp macro rare_moment(words, formats) as case
    when words is null then null
    when regexp_full_match(words, '\d{5}(\.\d+)?') then
        timestamp '1899-12-30' + to_seconds(round(words::double * 86400)::bigint)
    when regexp_full_match(words, '\d+') and length(words) not in (8, 12, 14) then null
    else coalesce(try_strptime(words, formats), try_cast(words as timestamptz)::timestamp)
end;
create temp macro moment(words, formats) as case
    when words is null then null
    else coalesce(
        case when strlen(words) <= 19 and not contains(words, '+') and not suffix(words, 'Z') then
            try_cast(words as timestamp)
        end,
        rare_moment(bare(words), formats)
    )
end;
-- What a spelling means: the value at its place among the spellings.
create temp macro meant(place, meanings) as meanings[place::integer + 1];

create temp macro whole(words) as case
    when not contains(words, '.') then try_cast(words as smallint)
    when try_cast(words as double) = try_cast(words as smallint) then try_cast(words as smallint)
end;
create temp macro amount(words) as try_cast(words as decimal(9, 2));
create temp macro no_number(words) as if(try_cast(words as bigint) = try_cast(words as double), 'range', 'number');

-- Midnight is a day whose time is not known: it comes before nothing on the same day.
create temp macro precedes(later, earlier) as
    later < earlier and (later < date_trunc('day', earlier) or later <> date_trunc('day', later));

-- No record is older than the systems that keep them.
create temp macro oldest() as timestamp '1990-01-01';

-- What stood in the column that a fault names.
create temp macro stood(fault, raw) as case
    when fault is not null then left(json_extract_string(to_json(raw), '$.' || split_part(fault, ' ', 2)), 200)
end;

create temp view staged as
select 'cases' as of, rowid as row_id, file, line, fault, value, case_id as key, accepted_at as moment,
    greatest(accepted_at, completed_at, issued_at, transferred_at) as latest, status <> 'open' as ended,
    hash(
        case_id, item_code, item_name, department, channel, city, applicant_type, accepted_at, completed_at, issued_at,
        transferred_at, status, issued_at_place, delivery, promised_workdays, satisfaction
    ) as content
from cases
union all by name
select 'consultations' as of, rowid as row_id, file, line, fault, value, id as key, "at" as moment, "at" as latest,
    true as ended, hash(id, kind, place, department, city, "at", minutes) as content
from consultations;
