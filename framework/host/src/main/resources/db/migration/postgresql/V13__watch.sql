-- What conversations can carry as agent apps were last told, and when that is to be looked at again.
create table watch (
  conversation    bytea   primary key,
  account         text    collate "C" not null,
  version         text    collate "C" not null,  -- of the capabilities
  closes_at       bigint,            -- the send window; null: none is open
  due_at          bigint,            -- null: nothing is to be said at any time
  revision        bigint  not null
);
create index watch_due on watch (due_at) where due_at is not null;
create index watch_by_account on watch (account, conversation);
