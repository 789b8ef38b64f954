-- Why an order is not repaired, and why a second person has to approve, are told in both languages.
-- What was written before is known in English only: its Chinese is empty.
alter table repair_item add column why_zh text not null default '';
alter table repair add column second_zh text not null default '';
