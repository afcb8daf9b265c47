-- What corrections have made of interactions whose raw events were translated again.
create table correction (
  interaction     bytea   primary key,
  digest          bytea   not null,     -- of the newest result
  corrected_at    bigint  not null
);

-- Runs over kept raw events: one of a channel at a time, the newest stays to be read.
create table renormalisation (
  channel         text    collate "C" primary key,
  run             text    collate "C" not null,
  plugins         text    collate "C" not null,  -- with their versions, one a line
  account         text    collate "C",  -- null: all
  since           bigint  not null,     -- raw events received from then on
  until           bigint  not null,
  dry             integer not null,
  actor           text    collate "C" not null,
  state           text    collate "C" not null,
  reason          text    collate "C" not null,  -- of the state
  position        bigint  not null,     -- all up to it was looked at
  ends_at         bigint  not null,     -- position
  looked          bigint  not null,
  unchanged       bigint  not null,
  corrected       bigint  not null,
  passed          bigint  not null,     -- cannot be corrected
  failed          bigint  not null,
  began_at        bigint  not null,
  ended_at        bigint,
  holder          bigint  not null,     -- the run of the member that works; 0: nobody's
  held_until      bigint  not null
);

-- What says anew what others said: few, and looked for in long conversations.
create index interaction_by_edit on interaction (conversation, position) where type in ('edited', 'deleted');
