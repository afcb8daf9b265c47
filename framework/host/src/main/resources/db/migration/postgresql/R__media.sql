-- Who fetches media, and which bytes of media nobody needs.

-- Takes jobs that are due, oldest first, so that nobody else takes them within p_held microseconds. For members of before.
create or replace function take_fetches_v1(p_held bigint, p_limit integer)
  returns table (media bytea, account text, interaction bytea, part integer, place text, attempt integer,
    created_at bigint, claim bigint) language plpgsql volatile as $$
#variable_conflict use_column
begin
  if not exists (select 1 from "fetch" f where f.not_before <= now_v1()) then
    return;
  end if;
  -- what becomes of a job rests on its claim
  perform 1 from log where one = 1 for update;
  return query update "fetch" f set not_before = now_v1() + p_held, claim = f.claim + 1
    where f.media in (select d.media from "fetch" d where d.not_before <= now_v1()
      order by d.not_before, d.media limit p_limit)
    returning f.media, f.account, f.interaction, f.part, f.place, f.attempt, f.created_at, f.claim;
end $$;

-- The same, without those that who asks has under way (p_mine): were one of them taken, what they do would rest on a claim of before.
-- A row that is locked is held at this moment, late, by who has it under way.
create or replace function take_fetches_v2(p_held bigint, p_limit integer, p_mine bytea[])
  returns table (media bytea, account text, interaction bytea, part integer, place text, attempt integer,
    created_at bigint, claim bigint) language plpgsql volatile as $$
#variable_conflict use_column
begin
  if not exists (select 1 from "fetch" f where f.not_before <= now_v1() and f.media <> all (p_mine)) then
    return;
  end if;
  -- what becomes of a job rests on its claim
  perform 1 from log where one = 1 for update;
  return query update "fetch" f set not_before = now_v1() + p_held, claim = f.claim + 1
    where f.media = any (array(select d.media from "fetch" d where d.not_before <= now_v1() and d.media <> all (p_mine)
      order by d.not_before, d.media limit p_limit for update skip locked))
    returning f.media, f.account, f.interaction, f.part, f.place, f.attempt, f.created_at, f.claim;
end $$;

-- Drops bytes that no medium names: those that retention has let go, and those that were never recorded within p_settled. A little at
-- a time, and without the log's lock, since a large one takes a while: who records one at this moment changes its row, which is looked
-- at again. Answers how many went.
create or replace function drop_media_v1(p_settled bigint, p_step integer) returns integer language plpgsql volatile as $$
declare
  v_count integer;
begin
  delete from media_content c using (
      select media, sha256 from media_content
      where recorded = 0 and kept_at < now_v1() - p_settled
      order by kept_at limit p_step for update skip locked) o
    where c.media = o.media and c.sha256 = o.sha256;
  get diagnostics v_count = row_count;
  return v_count;
end $$;
