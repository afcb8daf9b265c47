-- What conversations can carry as agent apps were last told, and when that is to be looked at again.
create table watch (
  conversation    blob    primary key,
  account         text    not null,
  version         text    not null,  -- of the capabilities
  closes_at       integer,           -- the send window; null: none is open
  due_at          integer,           -- null: nothing is to be said at any time
  revision        integer not null
) strict, without rowid;
create index watch_due on watch (due_at) where due_at is not null;
create index watch_by_account on watch (account, conversation);
