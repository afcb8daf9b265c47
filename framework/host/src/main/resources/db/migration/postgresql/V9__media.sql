-- The bytes of media: any member gives them out, whoever took them. Whole when they are there at all: written in one transaction, before
-- the medium's row says STORED.
--
-- Named by medium and digest: of two members that bring the same medium with other bytes, neither is in the other's way.
create table media_content (
  media           bytea   not null,
  sha256          text    collate "C" not null,
  bytes           bigint  not null check (bytes >= 0),
  recorded        integer not null,  -- 1: the medium's row names it
  kept_at         bigint  not null,  -- by the database's clock; 0: nobody needs it any more
  primary key (media, sha256)
);
create index media_content_over on media_content (kept_at) where recorded = 0;

create table media_chunk (
  media           bytea   not null,
  sha256          text    collate "C" not null,
  number          integer not null,  -- from 0, without gaps
  bytes           bytea   not null check (octet_length(bytes) between 1 and 262144),
  primary key (media, sha256, number),
  foreign key (media, sha256) references media_content on delete cascade
);
-- pictures and sounds are compressed already
alter table media_chunk alter column bytes set storage external;

-- Which of several takings of the job is in force; not_before is when others may take it.
alter table "fetch" add column claim bigint not null default 0;
