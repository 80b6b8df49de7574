-- question: take the month in temporary table leaving out of what is counted from consultations
-- grain: every table that holds consultations
-- parameters: none; expects temporary table leaving (records, month_accepted)

delete from consulted where month_accepted in (select month_accepted from leaving);
delete from months where (records, month_accepted) in (select records, month_accepted from leaving);
