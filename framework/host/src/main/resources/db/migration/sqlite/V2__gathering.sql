-- Pieces that wait for the rest of their whole.
create table piece (
  id              integer primary key autoincrement,
  hash            blob    not null,  -- of account, group
  account         text    not null,
  grouped         text    not null,  -- what the pieces of one whole have in common
  whole           integer not null,  -- which of the wholes of the group, from 1
  number          integer not null,  -- 0: not counted
  number_of       integer not null,  -- 0: nobody knows
  received_at     integer not null,
  due_at          integer not null,  -- when the whole is taken up although pieces are missing; of the piece that completes it: at once
  checksum        integer not null,  -- CRC-32C of all of this row but due_at
  body            blob    not null   -- the event as it came
) strict;
create index piece_by_group on piece (hash, id);
create index piece_due on piece (due_at);

-- What events without a key looked like.
create table print (
  hash            blob    primary key,  -- of account, print
  seen_at         integer not null,
  over_at         integer not null
) strict, without rowid;
create index print_by_end on print (over_at);

-- How far each of several external ids of one part got. A part with one id alone has no row here.
create table segment (
  interaction     blob    not null,
  part            integer not null,
  external_id     text    not null,
  recipient       text    not null,
  status          text,              -- null: nothing is known of it yet
  version         integer not null,  -- grows with each change of the row
  primary key (interaction, part, external_id, recipient)
) strict, without rowid;

-- When something was last sent that refers to the file: what is sent again and again is not old.
alter table media add column used_at integer not null default 0;
create index media_by_age on media (max(created_at, used_at));
