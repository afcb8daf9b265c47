-- Devices, and which run of a member has or had the socket of each.
create table device (
  account         text    not null,
  device          text    not null,
  socket          text    not null,  -- which one: a newer one replaces the older
  epoch           integer not null,  -- of the run of the member
  online          integer not null,  -- 0: that socket is gone; an older epoch's is as well
  seen_at         integer not null,
  primary key (account, device)
) strict, without rowid;
create index device_by_time on device (seen_at) where online = 0;

-- Through which device the last event of an address came: outbound to the address goes there.
create table device_address (
  account         text    not null,
  address         text    not null,
  device          text    not null,
  seen_at         integer not null,  -- within a day
  primary key (account, address)
) strict, without rowid;
create index device_address_by_time on device_address (seen_at);

-- Who follows an address reads all conversations with it.
create index conversation_by_end on conversation (account, address);
