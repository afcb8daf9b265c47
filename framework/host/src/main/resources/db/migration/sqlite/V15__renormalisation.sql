-- What corrections have made of interactions whose raw events were translated again.
create table correction (
  interaction     blob    primary key,
  digest          blob    not null,     -- of the newest result
  corrected_at    integer not null
) strict, without rowid;

-- Runs over kept raw events: one of a channel at a time, the newest stays to be read.
create table renormalisation (
  channel         text    primary key,
  run             text    not null,
  plugins         text    not null,     -- with their versions, one a line
  account         text,             -- null: all
  since           integer not null,     -- raw events received from then on
  until           integer not null,
  dry             integer not null,
  actor           text    not null,
  state           text    not null,
  reason          text    not null,  -- of the state
  position        integer not null,     -- all up to it was looked at
  ends_at         integer not null,     -- position
  looked          integer not null,
  unchanged       integer not null,
  corrected       integer not null,
  passed          integer not null,     -- cannot be corrected
  failed          integer not null,
  began_at        integer not null,
  ended_at        integer,
  holder          integer not null,     -- the run of the member that works; 0: nobody's
  held_until      integer not null
) strict, without rowid;

-- What says anew what others said: few, and looked for in long conversations.
create index interaction_by_edit on interaction (conversation, position) where type in ('edited', 'deleted');
