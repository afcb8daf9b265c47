-- Which of an account's sends goes first. Those before the bulk are found beyond it, and what goes before one of them in its conversation.
alter table outbox add column priority text collate "C" not null default 'NORMAL';
create index outbox_first on outbox (account, id)
  where priority = 'NORMAL' and (state in ('QUEUED', 'SENDING', 'HELD') or (state = 'UNKNOWN' and not_before is not null));
create index outbox_pending_in on outbox (conversation, account, id)
  where state in ('QUEUED', 'SENDING', 'HELD') or (state = 'UNKNOWN' and not_before is not null);
