-- Where events of the log are posted to: a place in the log each, and what could not be delivered in its turn.
create table webhook (
  id              text    collate "C" primary key,
  name            text    collate "C" not null,
  url             text    collate "C" not null,
  filter          text    collate "C" not null,  -- JSON
  secret          bytea   not null,  -- sealed
  former_secret   bytea,             -- sealed; signs beside the other until then
  former_until    bigint,
  state           text    collate "C" not null,
  reason          text    collate "C" not null,  -- of the state
  created_at      bigint  not null,
  changed_at      bigint  not null,
  version         bigint  not null,  -- of all above
  cursor          text    collate "C" not null,  -- all up to it was delivered or is in webhook_event
  failures        integer not null,  -- in a row
  failing_since   bigint,
  not_before      bigint,            -- nothing is tried until then
  delivered_at    bigint,            -- last
  problem         text    collate "C" not null,  -- what the last failure was
  holder          bigint  not null,  -- the run of the member that delivers; 0: nobody's
  held_until      bigint  not null
);

-- What was set aside, so that what follows it need not wait.
create table webhook_event (
  webhook         text    collate "C" not null,
  interaction     bytea   not null,
  position        bigint  not null,
  attempts        integer not null,
  first_at        bigint  not null,  -- it was tried
  not_before      bigint,            -- null: given up
  reason          text    collate "C" not null,
  primary key (webhook, interaction)
);
create index webhook_event_by_time on webhook_event (webhook, not_before);
