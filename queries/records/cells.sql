-- question: how does a value stand in a line of CSV?
-- grain: a value, as macros; null is an empty cell
-- parameters: none. A test holds them to hall.export.csv.safe and to Python's csv writer

create or replace macro quoted(words) as
    case
        when contains(words, ',') or contains(words, '"') or contains(words, chr(10)) or contains(words, chr(13))
            then '"' || replace(words, '"', '""') || '"'
        else words
    end;

-- Text that a spreadsheet would run gets an apostrophe; a number does not. Blanks and digits are those of Unicode.
create or replace macro blanks() as
    '[\t-\r\x1c-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]*';
create or replace macro disarmed(words) as
    case
        when regexp_matches(words, '\A' || blanks() || '[=+\-@＝＋－＠\t\r]')
            and not regexp_full_match(words, blanks()
                || '[+-]?((\p{Nd}{1,3}(,\p{Nd}{3})+|\p{Nd}+)(\.\p{Nd}+)?|\.\p{Nd}+)[%‰]?' || blanks())
            then '''' || words
        else words
    end;

-- Most cells begin with a digit, a letter or a Chinese character and hold nothing to quote. Inside lambdas the others
-- cost nothing while there are none: DuckDB would compute what they repeat for every row.
create or replace macro cell(words) as
    case
        when words is null or (
            (words >= '0' and words < ':' or words >= 'A' and words < '{' or words >= '一' and words < 'ꀀ')
            and not (contains(words, ',') or contains(words, '"') or contains(words, chr(10))
                or contains(words, chr(13)))
        ) then words
        else list_transform(list_transform([words], lambda w: disarmed(w)), lambda w: quoted(w))[1]
    end;

-- A moment at midnight sharp is a day whose time nobody knows.
create or replace macro moment_cell(moment) as
    left(moment::varchar, case when moment = moment::date then 10 else 19 end);
