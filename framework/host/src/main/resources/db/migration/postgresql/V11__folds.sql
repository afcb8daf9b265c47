-- What folds over the log have come to, so that who begins again need not read all of it.
create table fold (
  name            text    collate "C" primary key,
  timeline        integer not null,  -- that the position belongs to
  position        bigint  not null,  -- the last one that is in it
  kept_at         bigint  not null,
  body            bytea   not null   -- in a form that its maker knows
);
