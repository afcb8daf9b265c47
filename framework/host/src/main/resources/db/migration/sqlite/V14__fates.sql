-- Plans of what is tried when a message does not arrive: each begins with the first interaction that was sent.
create table fallback (
  first           blob    primary key,  -- interaction
  conversation    blob    not null,     -- of the first
  account         text    not null,
  state           text    not null,
  due_at          integer,               -- when it is looked at again at the latest; null: never
  version         integer not null,
  changed_at      integer not null,
  body            blob    not null      -- JSON: what was asked for, and what was done
) strict, without rowid;
create index fallback_due on fallback (due_at) where due_at is not null;

-- Which interactions carry the steps of plans.
create table fallback_step (
  interaction     blob    primary key,
  first           blob    not null,
  conversation    blob    not null
) strict, without rowid;
create index fallback_step_by_conversation on fallback_step (conversation);
create index fallback_step_by_first on fallback_step (first);

-- Counts and pages of a time do not walk the table.
create index dead_letter_by_time on dead_letter (happened_at);
