-- Which version of each plugin is wanted on every member.
create table plugin (
  id              text    primary key,
  version         text    not null,
  sha256          text    not null,  -- of the artifact
  before          text,              -- sha256 of the artifact before, to which an operator may return
  highest         text    not null,  -- the highest version that was ever wanted
  watched         text,              -- sha256 of the artifact that serves and is not settled; null: none is
  changed_at      integer not null,
  changed_by      text    not null
) strict, without rowid;

-- How changes of version ended.
create table plugin_rollout (
  id              integer primary key autoincrement,
  plugin          text    not null,
  from_version    text,              -- null: there was none
  to_version      text,              -- null: it was removed
  sha256          text,              -- of the artifact that was to serve
  outcome         text    not null,
  reason          text    not null,
  actor           text    not null,
  began_at        integer not null,
  ended_at        integer not null
) strict;
create index plugin_rollout_by_plugin on plugin_rollout (plugin, id);
