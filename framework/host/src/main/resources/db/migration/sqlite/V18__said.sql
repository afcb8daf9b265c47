-- When the customer said it, where that was before it was received: a send window begins then. Part of the row's checksum where it is not null.
alter table interaction add column said_at integer;
