-- Where events of the log are posted to: a place in the log each, and what could not be delivered in its turn.
create table webhook (
  id              text    primary key,
  name            text    not null,
  url             text    not null,
  filter          text    not null,  -- JSON
  secret          blob    not null,  -- sealed
  former_secret   blob,              -- sealed; signs beside the other until then
  former_until    integer,
  state           text    not null,
  reason          text    not null,  -- of the state
  created_at      integer not null,
  changed_at      integer not null,
  version         integer not null,  -- of all above
  cursor          text    not null,  -- all up to it was delivered or is in webhook_event
  failures        integer not null,  -- in a row
  failing_since   integer,
  not_before      integer,           -- nothing is tried until then
  delivered_at    integer,           -- last
  problem         text    not null,  -- what the last failure was
  holder          integer not null,  -- the run of the member that delivers; 0: nobody's
  held_until      integer not null
) strict, without rowid;

-- What was set aside, so that what follows it need not wait.
create table webhook_event (
  webhook         text    not null,
  interaction     blob    not null,
  position        integer not null,
  attempts        integer not null,
  first_at        integer not null,  -- it was tried
  not_before      integer,           -- null: given up
  reason          text    not null,
  primary key (webhook, interaction)
) strict, without rowid;
create index webhook_event_by_time on webhook_event (webhook, not_before);
