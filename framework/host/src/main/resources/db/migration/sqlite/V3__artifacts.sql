-- Plugin jars by their content. Never changed; one that was signed anew is another row.
create table plugin_artifact (
  sha256          text    not null,  -- of the jar with an empty comment
  signer          text    not null,  -- the id of the key; empty: not signed
  plugin          text    not null,
  version         text    not null,
  manifest        text    not null,  -- JSON
  added_at        integer not null,
  added_by        text    not null,
  bytes           blob    not null,  -- the whole jar, its comment included
  primary key (sha256, signer)
) strict;
