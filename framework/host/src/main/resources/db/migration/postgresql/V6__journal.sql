-- The log and every table beside it, for many members. Version 6, since it holds what version 6 of the single node's file holds. From here
-- on a number means the same for both; where only one of them changes, the other has a migration of that number that does nothing, since
-- members go on beside tables of the next number and no further.
--
-- Times are microseconds since 1970, ids are the 16 bytes of the UUID, enum values are names: as in the single node's file, so that the
-- same statements read both. "hash" is always the first 16 bytes of SHA-256 over the named texts, each followed by a zero byte. Texts are
-- compared by their bytes. A zero byte cannot stand in a text here: see how texts are escaped where they are written.

create table log (
  one             integer primary key check (one = 1),
  identity        bigint  not null,
  next_position   bigint  not null,
  oldest          bigint  not null,  -- the first position that is kept; next_position when none is
  next_version    bigint  not null,  -- of accounts and plugin state: one sequence, so that no version is ever seen twice
  epoch           bigint  not null,
  server          text    not null   -- the server's system identifier and timeline: where they change, ours is raised
) with (fillfactor = 50);

-- A timeline ends where a restore or a fail-over may have replaced positions.
create table timeline (
  number          integer primary key,
  first_position  bigint  not null,
  since           bigint  not null
);

-- What was answered to each batch, so that one whose answer was lost can be sent again.
create table batch (
  id              bytea   primary key,
  answer          jsonb   not null,
  answered_at     bigint  not null
);
create index batch_by_time on batch (answered_at);

create table interaction (
  position        bigint  primary key,
  id              bytea   not null,
  conversation    bytea,
  customer        bytea,
  channel         text    collate "C" not null,
  account         text    collate "C" not null,
  direction       text    collate "C" not null,
  type            text    collate "C" not null,
  weight          text    collate "C" not null,
  received_at     bigint  not null,
  raw_event       bigint  not null,  -- 0: none
  body            bytea   not null
);
create unique index interaction_by_id on interaction (id);
create index interaction_by_conversation on interaction (conversation, position) where conversation is not null;

create sequence raw_event_id;
create table raw_event (
  id              bigint  primary key,
  position        bigint  not null,  -- of the first interaction stored with it; 0: none
  account         text    collate "C" not null,
  channel         text    collate "C" not null,
  kind            text    collate "C" not null,
  notes           text    collate "C" not null,  -- JSON, strings by name
  received_at     bigint  not null,
  body            bytea   not null,
  piece           integer not null
);

-- What was stored under a dedupe key.
create table once (
  hash            bytea   primary key,  -- of account, key
  first           bigint  not null,
  count           integer not null,
  stored_at       bigint  not null
);
create index once_by_time on once (stored_at);

-- Providers' ids.
create table reference (
  hash            bytea   primary key,  -- of account, external id
  id              bigint  generated always as identity,
  account         text    collate "C" not null,
  external_id     text    collate "C" not null,
  interaction     bytea   not null,
  part            integer not null
);
create index reference_by_interaction on reference (interaction);

create table parked (
  id              bigint  generated always as identity primary key,
  hash            bytea   not null,  -- of account, external id
  account         text    collate "C" not null,
  external_id     text    collate "C" not null,
  received_at     bigint  not null,
  body            bytea   not null
);
create index parked_by_hash on parked (hash);
create index parked_by_time on parked (received_at);

create table customer (
  id              bytea   primary key,
  name            text    collate "C",
  created_at      bigint  not null,
  merged_into     bytea
);
create index customer_by_merge on customer (merged_into) where merged_into is not null;

create table address (
  account         text    collate "C" not null,
  address         text    collate "C" not null,
  primary_address text    collate "C" not null,
  customer        bytea   not null,
  primary key (account, address)
);
create index address_by_customer on address (customer);

create table identity (
  type            text    collate "C" not null,
  value           text    collate "C" not null,
  customer        bytea   not null,
  evidence        text    collate "C" not null,
  bound_at        bigint  not null,
  primary key (type, value)
);
create index identity_by_customer on identity (customer);

create table consent (
  customer        bytea   not null,
  account         text    collate "C" not null,
  address         text    collate "C" not null,
  purpose         text    collate "C" not null,
  granted         integer not null,
  decided_at      bigint  not null,
  primary key (customer, account, address, purpose)
);

create table conversation (
  id              bytea   primary key,
  customer        bytea   not null,
  channel         text    collate "C" not null,
  account         text    collate "C" not null,
  line            text    collate "C" not null,
  address         text    collate "C" not null,
  thread          text    collate "C",
  locale          text    collate "C",
  opened_at       bigint  not null,
  closed_at       bigint,
  last_position   bigint  not null,
  last_at         bigint  not null,
  content_position bigint not null,
  customer_position bigint not null,
  last_from_customer bigint,
  claimed_by      text    collate "C",
  claimed_name    text    collate "C",
  claimed_at      bigint
) with (fillfactor = 70);
create unique index conversation_open on conversation (account, address, line, coalesce(thread, '')) where closed_at is null;
create index conversation_by_activity on conversation (last_position);
create index conversation_by_account on conversation (account, last_position);
create index conversation_by_customer on conversation (customer);
create index conversation_by_claim on conversation (claimed_by) where claimed_by is not null;
create index conversation_by_end on conversation (account, address);

create table outbox (
  id              bigint  generated always as identity primary key,
  send_key        text    collate "C" not null unique,
  interaction     bytea   not null,
  position        bigint  not null,
  conversation    bytea   not null,
  account         text    collate "C" not null,
  first_part      integer not null,
  parts           integer not null,
  state           text    collate "C" not null,
  attempt         integer not null,
  epoch           bigint  not null,
  not_before      bigint,
  queued_at       bigint  not null,
  first_tried_at  bigint,
  expires_at      bigint  not null,
  reason_code     text    collate "C",
  reason_text     text    collate "C"
);
create index outbox_by_interaction on outbox (interaction);
create index outbox_pending on outbox (account, id)
  where state in ('QUEUED', 'SENDING', 'HELD') or (state = 'UNKNOWN' and not_before is not null);
create index outbox_by_state on outbox (state);

create table delivery (
  interaction     bytea   not null,
  part            integer not null,
  recipient       text    collate "C" not null,
  status          text    collate "C" not null,
  reason_code     text    collate "C",
  reason_text     text    collate "C",
  reached_at      bigint  not null,
  primary key (interaction, part, recipient)
);

create table media (
  id              bytea   primary key,
  account         text    collate "C" not null,
  state           text    collate "C" not null,
  name            text    collate "C",
  type            text    collate "C",
  bytes           bigint  not null,
  sha256          text    collate "C",
  reason_code     text    collate "C",
  reason_text     text    collate "C",
  created_at      bigint  not null,
  used_at         bigint  not null default 0
);
create index media_by_age on media (greatest(created_at, used_at));

create table "fetch" (
  media           bytea   primary key,
  account         text    collate "C" not null,
  interaction     bytea   not null,
  part            integer not null,
  place           text    collate "C" not null,
  attempt         integer not null,
  not_before      bigint  not null,
  created_at      bigint  not null
);
create index fetch_due on "fetch" (not_before);

create table account (
  id              text    collate "C" primary key,
  channel         text    collate "C" not null,
  config          text    collate "C" not null,
  sealed_secrets  bytea   not null,
  enabled         integer not null,
  version         bigint  not null,
  updated_at      bigint  not null
);

create table token (
  id              text    collate "C" primary key,
  name            text    collate "C" not null,
  hash            bytea   not null unique,
  scopes          text    collate "C" not null,  -- one a line
  accounts        text    collate "C" not null,  -- one a line; empty: all
  created_at      bigint  not null,
  revoked_at      bigint
);

create table plugin_state (
  account         text    collate "C" not null,
  key             text    collate "C" not null,
  value           bytea   not null,
  version         bigint  not null,
  over_at         bigint,
  primary key (account, key)
);
create index plugin_state_by_end on plugin_state (over_at) where over_at is not null;

create table dead_letter (
  id              bigint  generated always as identity primary key,
  direction       text    collate "C" not null,
  account         text    collate "C" not null,
  plugin          text    collate "C" not null,
  kind            text    collate "C" not null,
  reason_code     text    collate "C" not null,
  reason_text     text    collate "C" not null,
  interaction     bytea,
  payload         bytea   not null,
  happened_at     bigint  not null,
  closed_at       bigint,
  replayed        integer not null
);
create index dead_letter_open on dead_letter (id) where closed_at is null;

create table answer (
  id              bigint  generated always as identity primary key,
  principal       text    collate "C" not null,
  key             text    collate "C" not null,
  fingerprint     text    collate "C" not null,
  status          integer not null,
  body            bytea   not null,
  answered_at     bigint  not null,
  unique (principal, key)
);
create index answer_by_time on answer (answered_at);

-- Each hash is SHA-256 over the one before and this row's texts.
create table audit (
  id              bigint  primary key,
  happened_at     bigint  not null,
  actor           text    collate "C" not null,
  action          text    collate "C" not null,
  target          text    collate "C" not null,
  detail          text    collate "C" not null,
  hash            bytea   not null
);

-- Pieces that wait for the rest of their whole.
create table piece (
  id              bigint  generated always as identity primary key,
  hash            bytea   not null,  -- of account, group
  account         text    collate "C" not null,
  grouped         text    collate "C" not null,  -- what the pieces of one whole have in common
  whole           integer not null,  -- which of the wholes of the group, from 1
  number          integer not null,  -- 0: not counted
  number_of       integer not null,  -- 0: nobody knows
  received_at     bigint  not null,
  due_at          bigint  not null,  -- when the whole is taken up although pieces are missing; of the piece that completes it: at once
  checksum        integer not null,  -- CRC-32C of all of this row but due_at
  body            bytea   not null   -- the event as it came
);
create index piece_by_group on piece (hash, id);
create index piece_due on piece (due_at);

-- What events without a key looked like.
create table print (
  hash            bytea   primary key,  -- of account, print
  seen_at         bigint  not null,
  over_at         bigint  not null
);
create index print_by_end on print (over_at);

-- How far each of several external ids of one part got. A part with one id alone has no row here.
create table segment (
  interaction     bytea   not null,
  part            integer not null,
  external_id     text    collate "C" not null,
  recipient       text    collate "C" not null,
  status          text    collate "C",           -- null: nothing is known of it yet
  version         bigint  not null,  -- grows with each change of the row
  primary key (interaction, part, external_id, recipient)
);

-- Plugin jars by their content. Never changed; one that was signed anew is another row.
create table plugin_artifact (
  sha256          text    collate "C" not null,  -- of the jar with an empty comment
  signer          text    collate "C" not null,  -- the id of the key; empty: not signed
  plugin          text    collate "C" not null,
  version         text    collate "C" not null,
  manifest        text    collate "C" not null,  -- JSON
  added_at        bigint  not null,
  added_by        text    collate "C" not null,
  bytes           bytea   not null,  -- the whole jar, its comment included
  primary key (sha256, signer)
);
-- Which version of each plugin is wanted on every member.
create table plugin (
  id              text    collate "C" primary key,
  version         text    collate "C" not null,
  sha256          text    collate "C" not null,  -- of the artifact
  before          text    collate "C",           -- sha256 of the artifact before, to which an operator may return
  highest         text    collate "C" not null,  -- the highest version that was ever wanted
  watched         text    collate "C",           -- sha256 of the artifact that serves and is not settled; null: none is
  changed_at      bigint  not null,
  changed_by      text    collate "C" not null
);

-- How changes of version ended.
create table plugin_rollout (
  id              bigint  generated always as identity primary key,
  plugin          text    collate "C" not null,
  from_version    text    collate "C",           -- null: there was none
  to_version      text    collate "C",           -- null: it was removed
  sha256          text    collate "C",           -- of the artifact that was to serve
  outcome         text    collate "C" not null,
  reason          text    collate "C" not null,
  actor           text    collate "C" not null,
  began_at        bigint  not null,
  ended_at        bigint  not null
);
create index plugin_rollout_by_plugin on plugin_rollout (plugin, id);

-- Devices, and which run of a member has or had the socket of each.
create table device (
  account         text    collate "C" not null,
  device          text    collate "C" not null,
  socket          text    collate "C" not null,  -- which one: a newer one replaces the older
  epoch           bigint  not null,  -- of the run of the member
  online          integer not null,  -- 0: that socket is gone; an older epoch's is as well
  seen_at         bigint  not null,
  primary key (account, device)
);
create index device_by_time on device (seen_at);

-- Through which device each address was heard last.
create table device_address (
  account         text    collate "C" not null,
  address         text    collate "C" not null,
  device          text    collate "C" not null,
  seen_at         bigint  not null,  -- within a day
  primary key (account, address)
);
create index device_address_by_time on device_address (seen_at);
