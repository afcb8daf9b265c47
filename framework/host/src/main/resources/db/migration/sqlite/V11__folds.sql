-- What folds over the log have come to, so that who begins again need not read all of it.
create table fold (
  name            text    primary key,
  timeline        integer not null,  -- that the position belongs to
  position        integer not null,  -- the last one that is in it
  kept_at         integer not null,
  body            blob    not null   -- in a form that its maker knows
) strict, without rowid;
