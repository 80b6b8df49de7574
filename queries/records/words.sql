-- question: which spellings does a file use, by the map that it is read by?
-- grain: a type for each coded column, its values in the order of ``spelled`` (registered): a number for each spelling,
--   by which its meaning is found (a join would not keep the order of the rows)
-- parameters: none
create or replace type department_words as enum (select word from spelled where of = 'department' order by rank);
create or replace type city_words as enum (select word from spelled where of = 'city' order by rank);
create or replace type channel_words as enum (select word from spelled where of = 'channel' order by rank);
create or replace type applicant_type_words as
    enum (select word from spelled where of = 'applicant_type' order by rank);
create or replace type status_words as enum (select word from spelled where of = 'status' order by rank);
create or replace type issued_at_place_words as
    enum (select word from spelled where of = 'issued_at_place' order by rank);
create or replace type delivery_words as enum (select word from spelled where of = 'delivery' order by rank);
create or replace type satisfaction_words as enum (select word from spelled where of = 'satisfaction' order by rank);
create or replace type kind_words as enum (select word from spelled where of = 'kind' order by rank);
create or replace type place_words as enum (select word from spelled where of = 'place' order by rank);
