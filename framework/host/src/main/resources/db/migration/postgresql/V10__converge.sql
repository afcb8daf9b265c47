-- Who watches a version that is not settled, and what each member observed of each plugin.

alter table plugin add column watched_by bigint not null default 0;  -- the run of the member that watches; 0: none does, or one before this version

create table plugin_member (
  member          bigint  not null,  -- the run
  plugin          text    collate "C" not null,
  version         text    collate "C",           -- that serves on the member; null: none does
  sha256          text    collate "C",           -- of its artifact
  state           text    collate "C" not null,
  reason          text    collate "C" not null,  -- why it is not what is wanted
  since           bigint  not null,  -- by the database's clock
  primary key (member, plugin)
);
