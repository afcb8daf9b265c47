-- What is kept of requests to providers for a while, redacted.
create table trace (
  id              bigint  generated always as identity primary key,
  at              bigint  not null,
  account         text    collate "C" not null,
  plugin          text    collate "C",  -- null: the host made it itself
  interaction     bytea,                -- null: for no single one
  purpose         text    collate "C",  -- such as send
  send_key        text    collate "C",
  attempt         integer not null,
  method          text    collate "C" not null,
  host            text    collate "C" not null,
  path            text    collate "C" not null,
  status          integer not null,     -- 0: no answer
  outcome         text    collate "C" not null,
  micros          bigint  not null,
  detail          text    collate "C" not null  -- JSON
);
create index trace_by_interaction on trace (interaction, id) where interaction is not null;
create index trace_by_account on trace (account, id);
