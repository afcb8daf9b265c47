-- What is kept of requests to providers for a while, redacted.
create table trace (
  id              integer primary key autoincrement,
  at              integer not null,
  account         text    not null,
  plugin          text,              -- null: the host made it itself
  interaction     blob,              -- null: for no single one
  purpose         text,              -- such as send
  send_key        text,
  attempt         integer not null,
  method          text    not null,
  host            text    not null,
  path            text    not null,
  status          integer not null,  -- 0: no answer
  outcome         text    not null,
  micros          integer not null,
  detail          text    not null   -- JSON
) strict;
create index trace_by_interaction on trace (interaction, id) where interaction is not null;
create index trace_by_account on trace (account, id);
