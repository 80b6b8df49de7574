-- question: take the documents listed in temporary table leaving out of the ledger
-- grain: every table with a column document
-- parameters: none; expects temporary table leaving (document)

delete from documents where document in (select document from leaving);
delete from figures where document in (select document from leaving);
delete from observations where document in (select document from leaving);
delete from activities where document in (select document from leaving);
delete from activity_departments where document in (select document from leaving);
delete from tasks where document in (select document from leaving);
delete from task_departments where document in (select document from leaving);
delete from task_targets where document in (select document from leaving);
delete from numbers where document in (select document from leaving);
delete from problems where document in (select document from leaving);
drop table leaving;
