-- question: take the month in temporary table leaving out of what is counted from cases
-- grain: every table that holds cases
-- parameters: none; expects temporary table leaving (records, month_accepted)

delete from day where month_accepted in (select month_accepted from leaving);
delete from channel_day where month_accepted in (select month_accepted from leaving);
delete from day_handling where month_accepted in (select month_accepted from leaving);
delete from month where month_accepted in (select month_accepted from leaving);
delete from month_handling where month_accepted in (select month_accepted from leaving);
delete from city where month_accepted in (select month_accepted from leaving);
delete from city_handling where month_accepted in (select month_accepted from leaving);
delete from department_month where month_accepted in (select month_accepted from leaving);
delete from department_handling where month_accepted in (select month_accepted from leaving);
delete from hours where month_accepted in (select month_accepted from leaving);
delete from items where month_accepted in (select month_accepted from leaving);
delete from months where (records, month_accepted) in (select records, month_accepted from leaving);
