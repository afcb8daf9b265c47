-- Who watches a version that is not settled, and what each member observed of each plugin. A single node writes neither of others.

alter table plugin add column watched_by integer not null default 0;  -- the run of the member that watches; 0: none does, or one before this version

create table plugin_member (
  member          integer not null,  -- the run
  plugin          text    not null,
  version         text,              -- that serves on the member; null: none does
  sha256          text,              -- of its artifact
  state           text    not null,
  reason          text    not null,  -- why it is not what is wanted
  since           integer not null,
  primary key (member, plugin)
) strict, without rowid;
