-- How members say that they run, and come to what each of them runs.

-- A member's heartbeat. It lives for a time from now on; what it could run and what it gives back is taken down; and it gets what is
-- due to it of what nobody runs. Answers its slots, those that it is to leave, and whether it had been given up meanwhile.
--
-- Who runs what stays as it is while its owner lives. What is free goes first to the one who had it, at once to one who has less than
-- his share, and after a while to anyone who can. One who has more than his share leaves some when another who has had time to
-- settle has less: so what moved away in an outage comes back, but not before its home stands firm.
--
-- p: id, name, home, version, url, state, detail, grid, lasts, patience, settled (microseconds), accounts ({id: slots}; left out: as
-- before), returned ([[account, number, epoch]])
create or replace function beat_v1(p jsonb) returns jsonb language plpgsql volatile as $$
#variable_conflict use_column
declare
  v_id bigint := (p->>'id')::bigint;
  v_name text := p->>'name';
  v_leaves boolean := p->>'state' = 'LEAVING';
  v_patience bigint := (p->>'patience')::bigint;
  v_now bigint;
  v_lost boolean := false;
  v_other text;
  v_held integer;
  v_share integer;
  v_most integer;
  v_excess integer := 0;
  v_claimed integer := 0;
  v_epoch bigint;
  r record;
begin
  -- epochs are what sends and messages rest on
  select epoch into strict v_epoch from log where one = 1 for update;
  v_now := extract(epoch from clock_timestamp()) * 1000000;

  select url into v_other from member where name = v_name and id <> v_id and home <> p->>'home' and until > v_now;
  if found then
    raise exception using errcode = 'TR004', message = 'another member named ' || v_name || ' runs at ' || v_other;
  end if;
  delete from member where name = v_name and id <> v_id;
  delete from member where until < v_now - 3600000000;
  update member set state = p->>'state', detail = p->>'detail', url = p->>'url', grid = p->>'grid', heard_at = v_now,
      until = v_now + (p->>'lasts')::bigint
    where id = v_id and until > v_now;
  if not found then
    v_lost := exists (select 1 from member where id = v_id) or not p ? 'accounts';
    delete from member where id = v_id;
    insert into member (id, name, home, version, url, state, detail, grid, began_at, heard_at, until)
      values (v_id, v_name, p->>'home', p->>'version', p->>'url', p->>'state', p->>'detail', p->>'grid', v_now, v_now,
        v_now + (p->>'lasts')::bigint);
    update slot set owner = 0, since = v_now where owner = v_id;
  end if;

  if v_lost and not p ? 'accounts' then
    -- what it could run went with its row: it says so again
    return jsonb_build_object('lost', true, 'slots', '[]'::jsonb, 'leave', '[]'::jsonb);
  end if;
  if p ? 'accounts' then
    delete from member_account where member = v_id;
    insert into member_account (member, account, slots)
      select v_id, key, value::integer from jsonb_each_text(p->'accounts');
    insert into slot (account, number, owner, epoch, last, since)
      select a.account, n, 0, 0, '', v_now from member_account a, generate_series(0, a.slots - 1) n where a.member = v_id
      on conflict do nothing;
  end if;
  update slot s set owner = 0, since = v_now from jsonb_array_elements(p->'returned') g
    where s.account = g->>0 and s.number = (g->>1)::integer and s.epoch = (g->>2)::bigint and s.owner = v_id;
  update slot set owner = 0, since = least(v_now, coalesce((select until from member where id = owner), v_now))
    where owner <> 0 and not exists (select 1 from member where id = owner and until > v_now);
  -- an account that is gone everywhere
  delete from slot s where s.owner = 0 and s.since < v_now - 3600000000
    and not exists (select 1 from member_account a where a.account = s.account and a.slots > s.number);

  if not v_leaves then
    select count(*) into v_held from slot where owner = v_id;
    -- the slots that somebody could run, over those who are there to run them
    select ceil((select count(*) from slot s where exists (select 1 from member_account a join member m on m.id = a.member
        where a.account = s.account and a.slots > s.number and m.until > v_now and m.state <> 'LEAVING'))::numeric
      / greatest(1, (select count(*) from member where until > v_now and state <> 'LEAVING'))) into v_share;
    -- somebody who stands firm has less than all others: who has just his share has one too many then, and takes back none of it
    v_most := v_share - (exists (select 1 from member m
      where m.until > v_now and m.state <> 'LEAVING' and m.id <> v_id and m.began_at < v_now - (p->>'settled')::bigint
        and (select count(*) from slot where owner = m.id) < v_share - 1
        and exists (select 1 from slot s join member_account a on a.account = s.account and a.slots > s.number
          where s.owner = v_id and a.member = m.id)))::integer;
    for r in select s.account, s.number, s.last, s.since from slot s
        join member_account a on a.member = v_id and a.account = s.account and a.slots > s.number
        where s.owner = 0
        order by s.last = v_name desc, s.last = '' desc, s.account, s.number
        for update of s loop
      if v_held >= v_most and r.since > v_now - 2 * v_patience
          or v_held < v_most and r.last not in ('', v_name) and r.since > v_now - v_patience then
        continue;
      end if;
      v_epoch := v_epoch + 1;
      v_held := v_held + 1;
      v_claimed := v_claimed + 1;
      update slot set owner = v_id, epoch = v_epoch, last = v_name, since = v_now
        where account = r.account and number = r.number;
    end loop;
    if v_claimed > 0 then
      update log set epoch = v_epoch where one = 1;
    end if;
    if v_held > v_share then
      v_excess := v_held - v_share;
    elsif v_held > v_most and v_held > 1 and not exists (select 1 from slot f where f.owner = 0) then
      -- what is free is his first
      v_excess := 1;
    end if;
  end if;

  return jsonb_build_object(
    'lost', v_lost,
    'slots', (select coalesce(jsonb_agg(jsonb_build_array(account, number, epoch) order by account, number), '[]'::jsonb)
      from slot where owner = v_id),
    'leave', case when v_leaves then
        (select coalesce(jsonb_agg(jsonb_build_array(account, number, epoch)), '[]'::jsonb) from slot where owner = v_id)
      else
        (select coalesce(jsonb_agg(jsonb_build_array(account, number, epoch)), '[]'::jsonb) from
          (select s.account, s.number, s.epoch from slot s
            where s.owner = v_id and exists (
              select 1 from member m join member_account a on a.member = m.id and a.account = s.account and a.slots > s.number
                where m.id <> v_id and m.until > v_now and m.state <> 'LEAVING' and m.began_at < v_now - (p->>'settled')::bigint
                  and (select count(*) from slot o where o.owner = m.id) < v_share - (v_held <= v_share)::integer)
            order by s.since desc, s.account, s.number limit v_excess) few)
      end
      -- what it cannot run any more
      || (select coalesce(jsonb_agg(jsonb_build_array(s.account, s.number, s.epoch)), '[]'::jsonb) from slot s
        where s.owner = v_id and not v_leaves
          and not exists (select 1 from member_account a where a.member = v_id and a.account = s.account and a.slots > s.number)));
end $$;

-- Whether a member can open what the others seal: one of its keys is the one that counts. The first of them counts from then on.
create or replace function agree_v1(p_marks text[]) returns boolean language plpgsql volatile as $$
declare
  v_mark text;
begin
  select key_mark into strict v_mark from log where one = 1 for update;
  if v_mark is null or (v_mark = any(p_marks) and v_mark <> p_marks[1]) then
    update log set key_mark = p_marks[1] where one = 1;
    return true;
  end if;
  return v_mark = p_marks[1];
end $$;

-- A member ends: nobody has to wait until it is given up.
create or replace function leave_v1(p_id bigint) returns boolean language plpgsql volatile as $$
begin
  perform 1 from log where one = 1 for update;
  update slot set owner = 0, since = extract(epoch from clock_timestamp()) * 1000000 where owner = p_id;
  delete from member where id = p_id;
  return found;
end $$;
