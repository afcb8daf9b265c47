-- A piece of a whole cannot be translated alone. Not in the checksum of the row: nothing that is
-- said depends on it.
alter table raw_event add column piece integer not null default 0;

-- Also of devices that seem to be online since a run of the member that was killed.
drop index device_by_time;
create index device_by_time on device (seen_at);
