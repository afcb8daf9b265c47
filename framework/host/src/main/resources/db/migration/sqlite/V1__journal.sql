-- The log and every table beside it.
--
-- Times are microseconds since 1970, ids are the 16 bytes of the UUID, enum values are names.
-- "hash" is always the first 16 bytes of SHA-256 over the named texts, each followed by a zero byte.
--
-- What is written for every interaction is appended to the end of a table. Nothing there is sorted by a random value, since
-- each such value would touch a page of its own, and pages are what a commit costs.

create table log (
  one             integer primary key check (one = 1),
  identity        integer not null,
  next_position   integer not null,
  oldest          integer not null,  -- the first position that is kept; next_position when none is
  next_version    integer not null,  -- of accounts and plugin state: one sequence, so that no version is ever seen twice
  epoch           integer not null,
  session         blob    not null,  -- random, new at each opening; the file beside the database must tell the same
  once_sorted     integer not null,  -- ids up to this are in once_by_hash; later ones are kept in memory, too
  reference_sorted integer not null, -- the same for reference_by_hash
  marks_position  integer not null   -- what came up to here is in the marks of its conversation's row
) strict;

-- A timeline ends where a restore or a fail-over may have replaced positions.
create table timeline (
  number          integer primary key,
  first_position  integer not null,
  since           integer not null
) strict;

create table interaction (
  position        integer primary key,
  id              blob    not null,
  conversation    blob,
  customer        blob,
  channel         text    not null,
  account         text    not null,
  direction       text    not null,
  type            text    not null,
  weight          text    not null,
  received_at     integer not null,
  raw_event       integer not null,  -- 0: none
  previous        integer not null,  -- the position before this one in the conversation; 0: none
  jump            integer not null,  -- a position further back, so that any place is found in few steps
  depth           integer not null,  -- how many interactions the conversation had with this one; 0: in no conversation
  checksum        integer not null,  -- CRC-32C of all of this row
  body            blob    not null
) strict;
create unique index interaction_by_id on interaction (id);

create table raw_event (
  id              integer primary key,
  position        integer not null,  -- of the first interaction stored with it; 0: none
  account         text    not null,
  channel         text    not null,
  kind            text    not null,
  notes           text    not null,  -- JSON, strings by name
  received_at     integer not null,
  checksum        integer not null,  -- CRC-32C of all of this row
  body            blob    not null
) strict;

-- What was stored under a dedupe key.
create table once (
  id              integer primary key,
  hash            blob    not null,  -- of account, key
  first           integer not null,
  count           integer not null,
  stored_at       integer not null
) strict;
create table once_by_hash (
  hash            blob    primary key,
  id              integer not null
) strict, without rowid;

-- Providers' ids.
create table reference (
  id              integer primary key,
  hash            blob    not null,  -- of account, external id
  account         text    not null,
  external_id     text    not null,
  interaction     blob    not null,
  part            integer not null
) strict;
create index reference_by_interaction on reference (interaction);
create table reference_by_hash (
  hash            blob    primary key,
  id              integer not null
) strict, without rowid;

create table parked (
  id              integer primary key autoincrement,
  hash            blob    not null,  -- of account, external id
  account         text    not null,
  external_id     text    not null,
  received_at     integer not null,
  body            blob    not null
) strict;
create index parked_by_hash on parked (hash);
create index parked_by_time on parked (received_at);

create table customer (
  id              blob    primary key,
  name            text,
  created_at      integer not null,
  merged_into     blob
) strict, without rowid;
create index customer_by_merge on customer (merged_into) where merged_into is not null;

create table address (
  account         text    not null,
  address         text    not null,
  primary_address text    not null,
  customer        blob    not null,
  primary key (account, address)
) strict, without rowid;
create index address_by_customer on address (customer);

create table identity (
  type            text    not null,
  value           text    not null,
  customer        blob    not null,
  evidence        text    not null,
  bound_at        integer not null,
  primary key (type, value)
) strict, without rowid;
create index identity_by_customer on identity (customer);

create table consent (
  customer        blob    not null,
  account         text    not null,
  address         text    not null,
  purpose         text    not null,
  granted         integer not null,
  decided_at      integer not null,
  primary key (customer, account, address, purpose)
) strict, without rowid;

create table conversation (
  id               blob    primary key,
  customer         blob    not null,
  channel          text    not null,
  account          text    not null,
  line             text    not null,
  address          text    not null,
  thread           text,
  locale           text,
  opened_at        integer not null,
  closed_at        integer,
  last_position    integer not null,
  last_at          integer not null,
  content_position integer not null,
  customer_position integer not null,
  last_from_customer integer,
  claimed_by       text,
  claimed_name     text,
  claimed_at       integer
) strict, without rowid;
create unique index conversation_open on conversation (account, address, line, ifnull(thread, '')) where closed_at is null;
create index conversation_by_activity on conversation (last_position);
create index conversation_by_account on conversation (account, last_position);
create index conversation_by_customer on conversation (customer);
create index conversation_by_claim on conversation (claimed_by) where claimed_by is not null;

create table outbox (
  id              integer primary key autoincrement,
  send_key        text    not null unique,
  interaction     blob    not null,
  position        integer not null,
  conversation    blob    not null,
  account         text    not null,
  first_part      integer not null,
  parts           integer not null,
  state           text    not null,
  attempt         integer not null,
  epoch           integer not null,
  not_before      integer,
  queued_at       integer not null,
  first_tried_at  integer,
  expires_at      integer not null,
  reason_code     text,
  reason_text     text
) strict;
create index outbox_by_interaction on outbox (interaction);
create index outbox_pending on outbox (account, id)
  where state in ('QUEUED', 'SENDING', 'HELD') or (state = 'UNKNOWN' and not_before is not null);
create index outbox_by_state on outbox (state);

create table delivery (
  interaction     blob    not null,
  part            integer not null,
  recipient       text    not null,
  status          text    not null,
  reason_code     text,
  reason_text     text,
  reached_at      integer not null,
  primary key (interaction, part, recipient)
) strict, without rowid;

create table media (
  id              blob    primary key,
  account         text    not null,
  state           text    not null,
  name            text,
  type            text,
  bytes           integer not null,
  sha256          text,
  reason_code     text,
  reason_text     text,
  created_at      integer not null
) strict, without rowid;

create table fetch (
  media           blob    primary key,
  account         text    not null,
  interaction     blob    not null,
  part            integer not null,
  place           text    not null,
  attempt         integer not null,
  not_before      integer not null,
  created_at      integer not null
) strict, without rowid;
create index fetch_due on fetch (not_before);

create table account (
  id              text    primary key,
  channel         text    not null,
  config          text    not null,
  sealed_secrets  blob    not null,
  enabled         integer not null,
  version         integer not null,
  updated_at      integer not null
) strict, without rowid;

create table token (
  id              text    primary key,
  name            text    not null,
  hash            blob    not null unique,
  scopes          text    not null,  -- one a line
  accounts        text    not null,  -- one a line; empty: all
  created_at      integer not null,
  revoked_at      integer
) strict, without rowid;

create table plugin_state (
  account         text    not null,
  key             text    not null,
  value           blob    not null,
  version         integer not null,
  over_at         integer,
  primary key (account, key)
) strict;
create index plugin_state_by_end on plugin_state (over_at) where over_at is not null;

create table dead_letter (
  id              integer primary key autoincrement,
  direction       text    not null,
  account         text    not null,
  plugin          text    not null,
  kind            text    not null,
  reason_code     text    not null,
  reason_text     text    not null,
  interaction     blob,
  payload         blob    not null,
  happened_at     integer not null,
  closed_at       integer,
  replayed        integer not null
) strict;
create index dead_letter_open on dead_letter (id) where closed_at is null;

create table answer (
  id              integer primary key,
  principal       text    not null,
  key             text    not null,
  fingerprint     text    not null,
  status          integer not null,
  body            blob    not null,
  answered_at     integer not null,
  unique (principal, key)
) strict;
create index answer_by_time on answer (answered_at);

-- Each hash is SHA-256 over the one before and this row's texts.
create table audit (
  id              integer primary key autoincrement,
  happened_at     integer not null,
  actor           text    not null,
  action          text    not null,
  target          text    not null,
  detail          text    not null,
  hash            blob    not null
) strict;

-- Written and emptied again to learn whether a disk that was full has room.
create table room (
  one             integer primary key check (one = 1),
  filling         blob    not null
) strict;
