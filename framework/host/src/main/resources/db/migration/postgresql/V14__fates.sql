-- Plans of what is tried when a message does not arrive: each begins with the first interaction that was sent.
create table fallback (
  first           bytea   primary key,  -- interaction
  conversation    bytea   not null,     -- of the first
  account         text    collate "C" not null,
  state           text    collate "C" not null,
  due_at          bigint,               -- when it is looked at again at the latest; null: never
  version         bigint  not null,
  changed_at      bigint  not null,
  body            bytea   not null      -- JSON: what was asked for, and what was done
);
create index fallback_due on fallback (due_at) where due_at is not null;

-- Which interactions carry the steps of plans.
create table fallback_step (
  interaction     bytea   primary key,
  first           bytea   not null,
  conversation    bytea   not null
);
create index fallback_step_by_conversation on fallback_step (conversation);
create index fallback_step_by_first on fallback_step (first);

-- Counts and pages of a time do not walk the table.
create index dead_letter_by_time on dead_letter (happened_at);
