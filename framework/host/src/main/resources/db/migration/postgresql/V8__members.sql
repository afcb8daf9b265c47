-- Who runs. Times are the database's own: members' clocks may differ.
create table member (
  id              bigint  primary key,  -- the epoch of its run
  name            text    collate "C" not null unique,
  home            text    collate "C" not null,  -- of its data folder: the next run in it takes the place of the one before
  version         text    collate "C" not null,
  url             text    collate "C" not null,
  state           text    collate "C" not null,
  detail          text    collate "C" not null,  -- what it lacks, one a line
  grid            text    collate "C" not null,  -- its id among the members that talk to each other; empty: it is not among them
  began_at        bigint  not null,
  heard_at        bigint  not null,
  until           bigint  not null               -- what it runs is others' from then on
);

-- What each member could run.
create table member_account (
  member          bigint  not null references member on delete cascade,
  account         text    collate "C" not null,
  slots           integer not null,
  primary key (member, account)
);

-- Who runs which slot of which account.
create table slot (
  account         text    collate "C" not null,
  number          integer not null,
  owner           bigint  not null,  -- member.id; 0: nobody
  epoch           bigint  not null,  -- grows with each owner
  last            text    collate "C" not null,  -- the name of the owner, or of the one before; empty: there was none
  since           bigint  not null,  -- it has the owner, or none
  primary key (account, number)
);
create index slot_by_owner on slot (owner);

-- By what members tell that they seal with the same key; null: nobody has sealed anything yet.
alter table log add column key_mark text collate "C";
