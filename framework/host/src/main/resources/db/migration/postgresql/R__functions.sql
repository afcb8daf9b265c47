-- How members write. Each function is one round trip, locks the row of `log` first, and is committed by itself: so the order of
-- commits is the order of positions, and nobody holds the lock while a network is waited for.
--
-- The names end in the version of what members send. A change that the member before would not understand is a function beside the
-- old one, which goes when no member calls it any more.
--
-- A change of any of them needs a migration of a number of its own, even one that does nothing: a member that knows the newest number
-- puts the functions as it knows them.

-- Refuses a unit for good: its number is in the detail, so that its neighbours can be sent again without it.
create or replace function refuse_v1(p_unit integer, p_why text) returns void language plpgsql as $$
begin
  raise exception using errcode = 'TR001', message = p_why, detail = p_unit::text;
end $$;

-- What time it is, in microseconds: members' own clocks may differ.
create or replace function now_v1() returns bigint language sql volatile as $$
  select (extract(epoch from clock_timestamp()) * 1000000)::bigint
$$;

-- How far a status is on the way from the send to the reader.
create or replace function status_rank_v1(p_status text) returns integer language sql immutable as $$
  select array_position(array['UNKNOWN', 'ACCEPTED', 'SENT', 'FAILED', 'DELIVERED', 'READ'], p_status)
$$;

-- The next version of an account or of a plugin's state.
create or replace function next_version_v1() returns bigint language sql volatile as $$
  update log set next_version = next_version + 1 where one = 1 returning next_version - 1
$$;

-- Whether what an item rests on is still so; all but what every message rests on, which append_v1 looks at itself.
create or replace function holds_v1(e jsonb, p_now bigint) returns boolean language plpgsql volatile as $$
declare
  v_number bigint;
  v_text text;
begin
  case e->>'k'
    when 'no open conversation' then
      return not exists (select 1 from conversation
        where account = e->>'account' and address = e->>'address' and line = e->>'line'
          and coalesce(thread, '') = coalesce(e->>'thread', '') and closed_at is null);
    when 'identity free' then
      return not exists (select 1 from identity where type = e->>'type' and value = e->>'value');
    when 'reference unknown' then
      return not exists (select 1 from reference where hash = (e->>'hash')::bytea);
    when 'still parked' then
      return exists (select 1 from parked where id = (e->>'id')::bigint);
    when 'pieces are' then
      return (select count(*) = (e->>'count')::integer and coalesce(max(id), 0) = (e->>'last')::bigint
        from piece where hash = (e->>'hash')::bytea);
    when 'segments are' then
      return (select coalesce(sum(version), 0) = (e->>'version')::bigint from segment
        where interaction = (e->>'interaction')::bytea and part = (e->>'part')::integer);
    when 'state version' then
      select version into v_number from plugin_state
        where account = e->>'account' and key = e->>'key' and (over_at is null or over_at > p_now);
      return coalesce(v_number, 0) = (e->>'version')::bigint;
    when 'nothing new after' then
      return exists (select 1 from conversation
        where id = (e->>'id')::bytea and content_position <= (e->>'position')::bigint);
    when 'send is' then
      return exists (select 1 from outbox
        where id = (e->>'id')::bigint and state = e->>'state' and attempt = (e->>'attempt')::integer
          and epoch = (e->>'epoch')::bigint
          and (not e ? 'waits' or (not_before is not null) = (e->>'waits')::boolean));
    when 'not arrived' then
      return not exists (select 1 from delivery
        where interaction = (e->>'interaction')::bytea and status in ('DELIVERED', 'READ')
          and part = any (string_to_array(e->>'parts', ',')::integer[]));
    when 'not reached' then
      return not exists (select 1 from outbox where interaction = (e->>'interaction')::bytea)
        or exists (select 1 from outbox o where o.interaction = (e->>'interaction')::bytea and not exists
          (select 1 from delivery d where d.interaction = o.interaction and (d.part = 0 or d.part = o.first_part)
            and d.status <> 'FAILED' and status_rank_v1(d.status) >= status_rank_v1(e->>'status')));
    when 'fallback is' then
      select version into v_number from fallback where first = (e->>'first')::bytea;
      return coalesce(v_number, 0) = (e->>'version')::bigint;
    when 'correction is' then
      return (select digest from correction where interaction = (e->>'interaction')::bytea) is not distinct from (e->>'digest')::bytea;
    when 'slot is' then
      return exists (select 1 from slot
        where account = e->>'account' and number = (e->>'slot')::integer and epoch = (e->>'epoch')::bigint and owner <> 0);
    when 'device is' then
      return exists (select 1 from device
        where account = e->>'account' and device = e->>'device' and socket = e->>'socket');
    when 'fetch is' then
      return exists (select 1 from "fetch" where media = (e->>'media')::bytea and claim = (e->>'claim')::bigint);
    when 'claim free' then
      return exists (select 1 from conversation
        where id = (e->>'id')::bytea and (claimed_by is null or claimed_by = e->>'agent'));
    when 'account version' then
      select version into v_number from account where id = e->>'account';
      return coalesce(v_number, 0) = (e->>'version')::bigint;
    when 'webhook version' then
      select version into v_number from webhook where id = e->>'id';
      return coalesce(v_number, 0) = (e->>'version')::bigint;
    when 'key unused' then
      return not exists (select 1 from answer where principal = e->>'principal' and key = e->>'key');
    when 'plugins are' then
      select coalesce(string_agg(concat_ws(' ', id, sha256, coalesce(watched, '-'), watched_by), E'\n' order by id), '') into v_text
        from plugin;
      return v_text = e->>'rows';
    when 'dead letter open' then
      return exists (select 1 from dead_letter where id = (e->>'id')::bigint and closed_at is null);
    when 'customer unmerged' then
      return not exists (select 1 from customer where id = (e->>'id')::bytea and merged_into is not null);
  end case;
end $$;

-- Writes one change; all but those that come with every message, which append_v1 writes itself.
--
-- p_last: the position of the item's last interaction so far; 0: it has none
create or replace function change_v1(c jsonb, p_bodies bytea, p_unit integer, p_last bigint, p_now bigint) returns void
language plpgsql volatile as $$
declare
  v_body bytea;
  v_text text;
  v_bytes bytea;
  v_number bigint;
begin
  if c ? 'b' then
    v_body := substring(p_bodies from (c->'b'->>0)::integer for (c->'b'->>1)::integer);
  end if;
  case c->>'k'
    when 'close' then
      update conversation set closed_at = coalesce(closed_at, (c->>'at')::bigint) where id = (c->>'id')::bytea;
      if not found then
        perform refuse_v1(p_unit, 'there is no conversation ' || (c->>'id'));
      end if;
    when 'claim' then
      update conversation set claimed_by = c->>'agent', claimed_name = c->>'name', claimed_at = (c->>'at')::bigint
        where id = (c->>'id')::bytea;
      if not found then
        perform refuse_v1(p_unit, 'there is no conversation ' || (c->>'id'));
      end if;
    when 'name' then
      update customer set name = c->>'name' where id = (c->>'id')::bytea and name is null;
    when 'identity' then
      insert into identity (type, value, customer, evidence, bound_at)
        values (c->>'type', c->>'value', (c->>'customer')::bytea, c->>'evidence', (c->>'at')::bigint)
        on conflict (type, value) do update set customer = excluded.customer, evidence = excluded.evidence,
          bound_at = excluded.bound_at;
    when 'merge' then
      if c->>'into' is not null then
        -- following the merges must not come back to where it began
        v_bytes := (c->>'into')::bytea;
        while v_bytes is not null loop
          if v_bytes = (c->>'from')::bytea then
            perform refuse_v1(p_unit, 'customer ' || (c->>'into') || ' is merged into ' || (c->>'from') || ' already');
          end if;
          select merged_into into v_bytes from customer where id = v_bytes;
          if not found then
            v_bytes := null;
          end if;
        end loop;
      end if;
      update customer set merged_into = (c->>'into')::bytea where id = (c->>'from')::bytea;
      if not found then
        perform refuse_v1(p_unit, 'there is no customer ' || (c->>'from'));
      end if;
    when 'consent' then
      insert into consent (customer, account, address, purpose, granted, decided_at)
        values ((c->>'customer')::bytea, c->>'account', c->>'address', c->>'purpose', (c->>'granted')::integer,
          (c->>'at')::bigint)
        on conflict (customer, account, address, purpose) do update set granted = excluded.granted,
          decided_at = excluded.decided_at;
    when 'park' then
      insert into parked (hash, account, external_id, received_at, body)
        values ((c->>'hash')::bytea, c->>'account', c->>'external', (c->>'at')::bigint, v_body);
    when 'unpark' then
      delete from parked where id = (c->>'id')::bigint;
    when 'piece' then
      insert into piece (hash, account, grouped, whole, number, number_of, received_at, due_at, checksum, body)
        values ((c->>'hash')::bytea, c->>'account', c->>'group', (c->>'whole')::integer, (c->>'number')::integer,
          (c->>'of')::integer, (c->>'at')::bigint, (c->>'due')::bigint, (c->>'checksum')::integer, v_body);
    when 'postpone pieces' then
      update piece set due_at = (c->>'due')::bigint
        where hash = (c->>'hash')::bytea and whole = (c->>'whole')::integer;
    when 'drop pieces' then
      delete from piece where hash = (c->>'hash')::bytea and whole = (c->>'whole')::integer;
    when 'print' then
      -- the latest time counts, whatever the order in which they come
      insert into print (hash, seen_at, over_at)
        values ((c->>'hash')::bytea, (c->>'at')::bigint, (c->>'until')::bigint)
        on conflict (hash) do update set seen_at = greatest(print.seen_at, excluded.seen_at),
          over_at = greatest(print.over_at, excluded.over_at);
    when 'dead letter' then
      insert into dead_letter (direction, account, plugin, kind, reason_code, reason_text, interaction, payload,
          happened_at, replayed)
        values (c->>'direction', c->>'account', c->>'plugin', c->>'kind', c->>'code', c->>'text',
          (c->>'interaction')::bytea, v_body, (c->>'at')::bigint, 0);
    when 'close dead letter' then
      update dead_letter set closed_at = (c->>'at')::bigint, replayed = (c->>'replayed')::integer
        where id = (c->>'id')::bigint and closed_at is null;
    when 'put state' then
      insert into plugin_state (account, key, value, version, over_at)
        values (c->>'account', c->>'key', v_body, next_version_v1(), p_now + (c->>'lasts')::bigint)
        on conflict (account, key) do update set value = excluded.value, version = excluded.version,
          over_at = excluded.over_at;
    when 'drop state' then
      delete from plugin_state where account = c->>'account' and key = c->>'key';
    when 'enqueue' then
      v_number := p_last;
      if v_number = 0 then
        select position into v_number from interaction where id = (c->>'interaction')::bytea;
        if not found then
          perform refuse_v1(p_unit, 'there is no interaction ' || (c->>'interaction') || ' to send');
        end if;
      end if;
      insert into outbox (send_key, interaction, position, conversation, account, first_part, parts, priority, state,
          attempt, epoch, queued_at, expires_at)
        values (c->>'key', (c->>'interaction')::bytea, v_number, (c->>'conversation')::bytea, c->>'account',
          (c->>'first')::integer, (c->>'parts')::integer, coalesce(c->>'priority', 'NORMAL'), 'QUEUED', 0, 0, p_now,
          (c->>'expires')::bigint);
    when 'move send' then
      update outbox set state = c->>'state', attempt = (c->>'attempt')::integer, epoch = (c->>'epoch')::bigint,
          not_before = (c->>'not before')::bigint,
          first_tried_at = case when c->>'state' = 'SENDING' then coalesce(first_tried_at, p_now) else first_tried_at end,
          reason_code = c->>'code', reason_text = c->>'text'
        where id = (c->>'id')::bigint;
      if not found then
        perform refuse_v1(p_unit, 'there is no send ' || (c->>'id'));
      end if;
    when 'advance' then
      -- a status is only ever replaced by a further one; a reason may come late
      insert into delivery as d (interaction, part, recipient, status, reason_code, reason_text, reached_at)
        values ((c->>'interaction')::bytea, (c->>'part')::integer, c->>'recipient', c->>'status', c->>'code', c->>'text',
          (c->>'at')::bigint)
        on conflict (interaction, part, recipient) do update set status = excluded.status,
          reason_code = excluded.reason_code, reason_text = excluded.reason_text, reached_at = excluded.reached_at
          where status_rank_v1(excluded.status) > status_rank_v1(d.status)
            or (excluded.status = d.status and d.reason_code is null and excluded.reason_code is not null);
      if c->>'status' <> 'UNKNOWN' then
        -- it tells what became of a send whose outcome was unknown: it was taken, or refused
        update outbox set state = case when c->>'status' = 'FAILED' then 'REJECTED' else 'ACCEPTED' end,
            not_before = null,
            reason_code = case when c->>'status' = 'FAILED' then c->>'code' end,
            reason_text = case when c->>'status' = 'FAILED' then c->>'text' end
          where interaction = (c->>'interaction')::bytea and state = 'UNKNOWN'
            and ((c->>'part')::integer = 0
              or (c->>'part')::integer between first_part and first_part + parts - 1);
      end if;
    when 'fallback' then
      insert into fallback (first, conversation, account, state, due_at, version, changed_at, body)
        values ((c->>'first')::bytea, (c->>'conversation')::bytea, c->>'account', c->>'state', (c->>'due')::bigint,
          (c->>'version')::bigint, (c->>'at')::bigint, v_body)
        on conflict (first) do update set state = excluded.state, due_at = excluded.due_at, version = excluded.version,
          changed_at = excluded.changed_at, body = excluded.body;
    when 'fallback step' then
      insert into fallback_step (interaction, first, conversation)
        values ((c->>'interaction')::bytea, (c->>'first')::bytea, (c->>'conversation')::bytea);
    when 'correction' then
      insert into correction (interaction, digest, corrected_at)
        values ((c->>'interaction')::bytea, (c->>'digest')::bytea, (c->>'at')::bigint)
        on conflict (interaction) do update set digest = excluded.digest, corrected_at = excluded.corrected_at;
    when 'segment' then
      insert into segment (interaction, part, external_id, recipient, status, version)
        values ((c->>'interaction')::bytea, (c->>'part')::integer, c->>'external', '', null, 1)
        on conflict do nothing;
    when 'advance segment' then
      insert into segment as s (interaction, part, external_id, recipient, status, version)
        values ((c->>'interaction')::bytea, (c->>'part')::integer, c->>'external', c->>'recipient', c->>'status', 1)
        on conflict (interaction, part, external_id, recipient) do update
          set status = excluded.status, version = s.version + 1
          where s.status is null or status_rank_v1(excluded.status) > status_rank_v1(s.status);
    when 'media' then
      insert into media (id, account, state, name, type, bytes, created_at)
        values ((c->>'id')::bytea, c->>'account', 'PENDING', c->>'name', c->>'type', 0, (c->>'at')::bigint);
    when 'media kept' then
      if c ? 'shared' then
        -- a record never names bytes that are not there; who clears away sees that they are named
        update media_content set recorded = 1
          where media = (c->>'id')::bytea and sha256 = c->>'sha256' and bytes = (c->>'bytes')::bigint;
        if not found then
          perform refuse_v1(p_unit, 'the bytes of media ' || (c->>'id') || ' are not in the database');
        end if;
      end if;
      update media set state = 'STORED', type = c->>'type', bytes = (c->>'bytes')::bigint, sha256 = c->>'sha256',
          reason_code = null, reason_text = null
        where id = (c->>'id')::bytea;
      if not found then
        perform refuse_v1(p_unit, 'there is no media ' || (c->>'id'));
      end if;
    when 'media lost' then
      update media set state = 'FAILED', reason_code = c->>'code', reason_text = c->>'text'
        where id = (c->>'id')::bytea;
      if not found then
        perform refuse_v1(p_unit, 'there is no media ' || (c->>'id'));
      end if;
    when 'media used' then
      update media set used_at = greatest(used_at, (c->>'at')::bigint) where id = (c->>'id')::bytea;
    when 'fetch' then
      insert into "fetch" (media, account, interaction, part, place, attempt, not_before, created_at)
        values ((c->>'media')::bytea, c->>'account', (c->>'interaction')::bytea, (c->>'part')::integer, c->>'place', 0,
          least((c->>'at')::bigint, now_v1()), (c->>'at')::bigint);
    when 'move fetch' then
      if c->>'wait' is null and c->>'not before' is null then
        delete from "fetch" where media = (c->>'media')::bytea;
      else
        update "fetch" set attempt = (c->>'attempt')::integer,
            not_before = coalesce(now_v1() + (c->>'wait')::bigint, (c->>'not before')::bigint)
          where media = (c->>'media')::bytea;
        if not found then
          perform refuse_v1(p_unit, 'there is no job that fetches media ' || (c->>'media'));
        end if;
      end if;
    when 'device came' then
      insert into device (account, device, socket, epoch, online, seen_at)
        values (c->>'account', c->>'device', c->>'socket', (c->>'epoch')::bigint, 1, (c->>'at')::bigint)
        on conflict (account, device) do update set socket = excluded.socket, epoch = excluded.epoch, online = 1,
          seen_at = excluded.seen_at;
    when 'device went' then
      -- nothing where another socket has taken its place
      update device set online = 0, seen_at = (c->>'at')::bigint
        where account = c->>'account' and device = c->>'device' and socket = c->>'socket';
    when 'reach' then
      insert into device_address as d (account, address, device, seen_at)
        values (c->>'account', c->>'address', c->>'device', (c->>'at')::bigint)
        on conflict (account, address) do update set device = excluded.device, seen_at = excluded.seen_at
          where d.device <> excluded.device or d.seen_at < (c->>'stale')::bigint;
    when 'account' then
      insert into account (id, channel, config, sealed_secrets, enabled, version, updated_at)
        values (c->>'account', c->>'channel', c->>'config', v_body, (c->>'enabled')::integer, next_version_v1(),
          (c->>'at')::bigint)
        on conflict (id) do update set channel = excluded.channel, config = excluded.config,
          sealed_secrets = excluded.sealed_secrets, enabled = excluded.enabled, version = excluded.version,
          updated_at = excluded.updated_at;
    when 'remove account' then
      delete from account where id = c->>'account';
    when 'want plugin' then
      insert into plugin (id, version, sha256, before, highest, watched, watched_by, changed_at, changed_by)
        values (c->>'plugin', c->>'version', c->>'sha256', c->>'before', c->>'highest', c->>'watched',
          coalesce((c->>'watched by')::bigint, 0), (c->>'at')::bigint, c->>'by')
        on conflict (id) do update set version = excluded.version, sha256 = excluded.sha256, before = excluded.before,
          highest = excluded.highest, watched = excluded.watched, watched_by = excluded.watched_by,
          changed_at = excluded.changed_at, changed_by = excluded.changed_by;
    when 'unwant plugin' then
      delete from plugin where id = c->>'plugin';
    when 'observe plugin' then
      insert into plugin_member (member, plugin, version, sha256, state, reason, since)
        values ((c->>'member')::bigint, c->>'plugin', c->>'version', c->>'sha256', c->>'state', c->>'reason',
          (extract(epoch from clock_timestamp()) * 1000000)::bigint)
        on conflict (member, plugin) do update set version = excluded.version, sha256 = excluded.sha256,
          state = excluded.state, reason = excluded.reason, since = excluded.since;
    when 'unobserve plugin' then
      delete from plugin_member
        where member = (c->>'member')::bigint and (c->>'plugin' is null or plugin = c->>'plugin');
    when 'rollout' then
      insert into plugin_rollout (plugin, from_version, to_version, sha256, outcome, reason, actor, began_at, ended_at)
        values (c->>'plugin', c->>'from', c->>'to', c->>'sha256', c->>'outcome', c->>'reason', c->>'actor',
          (c->>'began')::bigint, (c->>'ended')::bigint);
    when 'token' then
      insert into token (id, name, hash, scopes, accounts, created_at, revoked_at)
        values (c->>'id', c->>'name', (c->>'hash')::bytea, c->>'scopes', c->>'accounts', (c->>'created')::bigint,
          (c->>'revoked')::bigint)
        on conflict (id) do update set name = excluded.name, hash = excluded.hash, scopes = excluded.scopes,
          accounts = excluded.accounts, revoked_at = excluded.revoked_at;
    when 'revoke token' then
      update token set revoked_at = (c->>'at')::bigint where id = c->>'id' and revoked_at is null;
    when 'webhook' then
      insert into webhook (id, name, url, filter, secret, former_secret, former_until, state, reason, created_at, changed_at,
          version, cursor, failures, problem, holder, held_until)
        values (c->>'id', c->>'name', c->>'url', c->>'filter', (c->>'secret')::bytea, (c->>'former')::bytea,
          (c->>'former until')::bigint, c->>'state', c->>'reason', (c->>'created')::bigint, (c->>'at')::bigint,
          next_version_v1(), '', 0, '', 0, 0)
        on conflict (id) do update set name = excluded.name, url = excluded.url, filter = excluded.filter,
          secret = excluded.secret, former_secret = excluded.former_secret, former_until = excluded.former_until,
          state = excluded.state, reason = excluded.reason, changed_at = excluded.changed_at, version = excluded.version;
      if c ? 'cursor' then
        update webhook set cursor = c->>'cursor', failures = 0, failing_since = null, not_before = null, problem = ''
          where id = c->>'id';
        update webhook_event set attempts = 0, first_at = (c->>'at')::bigint, not_before = (c->>'at')::bigint
          where webhook = c->>'id' and not_before is not null;
      end if;
    when 'remove webhook' then
      delete from webhook where id = c->>'id';
      delete from webhook_event where webhook = c->>'id';
    when 'answer' then
      insert into answer (principal, key, fingerprint, status, body, answered_at)
        values (c->>'principal', c->>'key', c->>'fingerprint', (c->>'status')::integer, v_body, (c->>'at')::bigint)
        on conflict (principal, key) do update set status = excluded.status, body = excluded.body,
          answered_at = excluded.answered_at
          where answer.status = 102 and answer.fingerprint = excluded.fingerprint;
    when 'artifact' then
      insert into plugin_artifact (sha256, signer, plugin, version, manifest, added_at, added_by, bytes)
        values (c->>'sha256', c->>'signer', c->>'plugin', c->>'version', c->>'manifest', (c->>'at')::bigint, c->>'by', v_body)
        on conflict do nothing;
    when 'audit' then
      -- v_body: what the hash is made of beside the hash before
      -- numbered without gaps, so that one that was taken out is missed
      select id, hash into v_number, v_bytes from audit order by id desc limit 1;
      if not found then
        v_number := 0;
        v_bytes := decode(repeat('00', 32), 'hex');
      end if;
      insert into audit (id, happened_at, actor, action, target, detail, hash)
        values (v_number + 1, (c->>'at')::bigint, c->>'actor', c->>'action', c->>'target', c->>'detail', sha256(v_bytes || v_body));
  end case;
end $$;

-- Appends a run of units that only add a message to an open conversation each, with one statement for all of them, which takes little more
-- than half the time of eight for each. No two of them have the same dedupe key, and none changes what another one rests on.
--
-- p_from, p_count: which of the batch's units, counted from 0. Each is one item:
--   {"p": units in the run that it begins, "o": dedupe hash, "e": [what it rests on: "open" and "nothing parked" alone],
--    "m": the message's "append", "w": its "raw", "f": ["reference" …]}
-- p_next: the position of the next interaction; p_parked: whether anything waits for its reference
-- answers: as append_v1 does, in the order of the units; appended: how many there are more
create or replace function append_plain_v1(p_units jsonb, p_from integer, p_count integer, p_bodies bytea, p_next bigint,
    p_parked boolean, p_now bigint, out answers jsonb[], out appended integer) language plpgsql volatile
  -- a plan that is kept must not read whole tables, however small they were when it was made
  -- nor is it made anew each time, which takes longer than a short run itself: the length of a run is guessed too high, and no matter
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
  set plan_cache_mode = force_generic_plan as $$
begin
  with unit as materialized (
    select n, item, item->'m' as m, item->'w' as w
      from (select n, p_units->n->0 as item from generate_series(p_from, p_from + p_count - 1) as n) as run
  ), tested as materialized (
    select u.n, u.item, u.m, u.w, (u.m->>'at')::bigint as at, o.first, o.count,
        -- by its id and nothing else: an index of those that are open must not be read instead, from one end to the other
        case when c.id is null or c.closed_at is not null or (p_parked and exists (select 1 from jsonb_array_elements(u.item->'e') e
              where e->>'k' = 'nothing parked' and exists (select 1 from parked where hash = (e->>'hash')::bytea)))
          -- which of them does not hold, to be told
          then (select min(e.number) - 1 from jsonb_array_elements(u.item->'e') with ordinality as e (element, number)
            where case e.element->>'k'
              when 'open' then c.id is null or c.closed_at is not null
              else exists (select 1 from parked where hash = (e.element->>'hash')::bytea) end)
        end as stale
      from unit u
        left join once o on o.hash = (u.item->>'o')::bytea
        left join conversation c on c.id = (u.m->>'conversation')::bytea
  ), placed as materialized (
    select t.*, case when t.fresh then p_next - 1 + count(*) filter (where t.fresh) over (order by t.n) end as position,
        case when t.fresh and t.w is not null then nextval('raw_event_id') else 0 end as raw
      from (select *, first is null and stale is null as fresh from tested order by n) as t
  ), messages as (
    insert into interaction (position, id, conversation, customer, channel, account, direction, type, weight, received_at,
        raw_event, body)
      select position, (m->>'id')::bytea, (m->>'conversation')::bytea, (m->>'customer')::bytea, m->>'channel', m->>'account',
          m->>'direction', m->>'type', m->>'weight', at, raw,
          substring(p_bodies from (m->'b'->>0)::integer for (m->'b'->>1)::integer)
        from placed where fresh order by position
  ), events as (
    insert into raw_event (id, position, account, channel, kind, notes, received_at, body, piece)
      select raw, position, w->>'account', w->>'channel', w->>'kind', w->>'notes', (w->>'at')::bigint,
          substring(p_bodies from (w->'b'->>0)::integer for (w->'b'->>1)::integer), (w->>'piece')::integer
        from placed where raw > 0 order by position
  ), bound as (
    insert into reference (hash, account, external_id, interaction, part)
      select (f->>'hash')::bytea, f->>'account', f->>'external', (f->>'interaction')::bytea, (f->>'part')::integer
        from placed, jsonb_array_elements(item->'f') with ordinality as e (f, number) where fresh order by n, number
      -- the first one counts
      on conflict do nothing
  ), keys as (
    insert into once (hash, first, count, stored_at)
      select (item->>'o')::bytea, position, 1, p_now from placed where fresh and item ? 'o'
  ), moved as (
    update conversation c set
        last_at = case when c.last_position = 0 then x.at else greatest(c.last_at, x.at) end,
        last_position = x.position,
        content_position = coalesce(x.content, c.content_position),
        customer_position = coalesce(x.customer, c.customer_position),
        last_from_customer = greatest(c.last_from_customer, x.from_customer)
      from (select (m->>'conversation')::bytea as id, max(at) as at, max(position) as position,
          max(position) filter (where m->>'weight' in ('FROM_CUSTOMER', 'FROM_US')) as content,
          max(position) filter (where m->>'weight' in ('FROM_CUSTOMER', 'MOVED')) as customer,
          max(coalesce((m->>'said')::bigint, at)) filter (where m->>'weight' = 'FROM_CUSTOMER') as from_customer
        from placed where fresh group by 1) as x
      where c.id = x.id
  )
  select array_agg(case when first is not null then jsonb_build_object('d', jsonb_build_array(jsonb_build_array(first, count, 1)))
        when stale is not null then jsonb_build_object('s', jsonb_build_array(0, stale))
        else jsonb_build_object('d', jsonb_build_array(jsonb_build_array(position, 1))) end order by n),
      count(position)
    into answers, appended from placed;
end $$;

-- Appends the units of one batch: all of each, or nothing of it, in their order. Units see what earlier ones of the batch wrote.
--
-- p_units: [[{"o": dedupe hash, "a": brings interactions, "r": brings raw events, "m": several of them, "e": [expectation …], "c": [change …]} …] …]
--   or, where an item has "p", as append_plain_v1 takes them
-- p_bodies: what changes refer to by "b": [from, length], counted from 1
-- answers {"head": last position, "parked": whether anything waits for its reference, "u": [unit …]}; a unit is
--   {"s": [item, expectation]} where that no longer holds, and nothing was written, or
--   {"d": [[first position, count, 1 where it was stored earlier] …]}
create or replace function append_v1(p_batch bytea, p_units jsonb, p_bodies bytea, p_now bigint) returns jsonb
language plpgsql volatile as $$
declare
  v_next bigint;
  v_begin bigint;
  v_answer jsonb;
  v_answers jsonb[] := '{}';
  v_results jsonb[];
  v_unit jsonb;
  v_item jsonb;
  v_e jsonb;
  c jsonb;
  v_stale jsonb;
  v_holds boolean;
  v_first bigint;
  v_count integer;
  v_raw bigint;
  v_raw_first bigint;
  v_raw_position bigint;
  v_at bigint;
  v_id bytea;
  v_parked boolean;
  v_units integer := jsonb_array_length(p_units);
  v_run integer := 0;
  u integer := -1;
begin
  select next_position into strict v_next from log where one = 1 for update;
  select answer into v_answer from batch where id = p_batch;
  if found then
    return v_answer;
  end if;
  v_begin := v_next;
  v_parked := exists (select 1 from parked);
  loop
    u := u + greatest(v_run, 1);
    exit when u >= v_units;
    v_unit := p_units->u;
    v_run := coalesce((v_unit->0->>'p')::integer, 0);
    if v_run > 0 then
      select v_answers || p.answers, p.appended into v_answers, v_count
        from append_plain_v1(p_units, u, v_run, p_bodies, v_next, v_parked, p_now) as p;
      v_next := v_next + v_count;
      continue;
    end if;
    v_stale := null;
    <<testing>>
    for i in 0 .. jsonb_array_length(v_unit) - 1 loop
      v_item := v_unit->i;
      if v_item ? 'o' then
        perform 1 from once where hash = (v_item->>'o')::bytea;
        continue when found;
      end if;
      for n in 0 .. jsonb_array_length(v_item->'e') - 1 loop
        v_e := v_item->'e'->n;
        case v_e->>'k'
          when 'open' then
            select closed_at is null into v_holds from conversation where id = (v_e->>'id')::bytea;
            v_holds := coalesce(v_holds, false);
          when 'nothing parked' then
            v_holds := true;
            if v_parked then
              perform 1 from parked where hash = (v_e->>'hash')::bytea;
              v_holds := not found;
            end if;
          when 'first time' then
            perform 1 from once where hash = (v_e->>'hash')::bytea;
            v_holds := not found;
          when 'address free' then
            perform 1 from address where account = v_e->>'account' and address = v_e->>'address';
            v_holds := not found;
          else
            v_holds := holds_v1(v_e, p_now);
        end case;
        if not v_holds then
          v_stale := jsonb_build_array(i, n);
          exit testing;
        end if;
      end loop;
    end loop;
    if v_stale is not null then
      v_answers := v_answers || jsonb_build_object('s', v_stale);
      continue;
    end if;
    v_results := '{}';
    for i in 0 .. jsonb_array_length(v_unit) - 1 loop
      v_item := v_unit->i;
      if v_item ? 'o' then
        select first, count into v_first, v_count from once where hash = (v_item->>'o')::bytea;
        if found then
          v_results := v_results || jsonb_build_array(v_first, v_count, 1);
          continue;
        end if;
      end if;
      v_first := v_next;
      v_raw := 0;
      v_raw_first := 0;
      v_raw_position := case when v_item ? 'a' then v_next else 0 end;
      if v_item ? 'r' then
        v_raw := nextval('raw_event_id');
        if v_item ? 'a' then
          v_raw_first := v_raw;
        end if;
      end if;
      for n in 0 .. jsonb_array_length(v_item->'c') - 1 loop
        c := v_item->'c'->n;
        case c->>'k'
          when 'append' then
            v_id := (c->>'conversation')::bytea;
            v_at := (c->>'at')::bigint;
            insert into interaction (position, id, conversation, customer, channel, account, direction, type, weight,
                received_at, raw_event, body)
              values (v_next, (c->>'id')::bytea, v_id, (c->>'customer')::bytea, c->>'channel', c->>'account',
                c->>'direction', c->>'type', c->>'weight', v_at, v_raw_first,
                substring(p_bodies from (c->'b'->>0)::integer for (c->'b'->>1)::integer));
            if v_id is not null then
              update conversation set
                  last_at = case when last_position = 0 then v_at else greatest(last_at, v_at) end,
                  last_position = v_next,
                  content_position = case when c->>'weight' in ('FROM_CUSTOMER', 'FROM_US') then v_next else content_position end,
                  customer_position = case when c->>'weight' in ('FROM_CUSTOMER', 'MOVED') then v_next else customer_position end,
                  last_from_customer = case when c->>'weight' = 'FROM_CUSTOMER'
                    then greatest(last_from_customer, coalesce((c->>'said')::bigint, v_at)) else last_from_customer end
                where id = v_id;
              if not found then
                perform refuse_v1(u, 'there is no conversation ' || (c->>'conversation'));
              end if;
            end if;
            v_next := v_next + 1;
          when 'raw' then
            insert into raw_event (id, position, account, channel, kind, notes, received_at, body, piece)
              values (v_raw, v_raw_position, c->>'account', c->>'channel', c->>'kind', c->>'notes', (c->>'at')::bigint,
                substring(p_bodies from (c->'b'->>0)::integer for (c->'b'->>1)::integer), (c->>'piece')::integer);
            if v_item ? 'm' then
              v_raw := nextval('raw_event_id');
            end if;
          when 'reference' then
            insert into reference (hash, account, external_id, interaction, part)
              values ((c->>'hash')::bytea, c->>'account', c->>'external', (c->>'interaction')::bytea,
                (c->>'part')::integer)
              on conflict do nothing;
          when 'open' then
            insert into conversation (id, customer, channel, account, line, address, thread, locale, opened_at,
                last_position, last_at, content_position, customer_position)
              values ((c->>'id')::bytea, (c->>'customer')::bytea, c->>'channel', c->>'account', c->>'line', c->>'address',
                c->>'thread', c->>'locale', (c->>'at')::bigint, 0, (c->>'at')::bigint, 0, 0);
          when 'customer' then
            insert into customer (id, name, created_at) values ((c->>'id')::bytea, c->>'name', (c->>'at')::bigint);
          when 'address' then
            insert into address (account, address, primary_address, customer)
              values (c->>'account', c->>'address', c->>'primary', (c->>'customer')::bytea)
              on conflict (account, address) do update set primary_address = excluded.primary_address,
                customer = excluded.customer;
          else
            perform change_v1(c, p_bodies, u, case when v_next > v_first then v_next - 1 else 0 end, p_now);
            v_parked := v_parked or c->>'k' = 'park';
        end case;
      end loop;
      v_count := (v_next - v_first)::integer;
      if v_count = 0 then
        v_first := 0;
      end if;
      if v_item ? 'o' then
        insert into once (hash, first, count, stored_at) values ((v_item->>'o')::bytea, v_first, v_count, p_now);
      end if;
      v_results := v_results || jsonb_build_array(v_first, v_count);
    end loop;
    v_answers := v_answers || jsonb_build_object('d', to_jsonb(v_results));
  end loop;
  if v_next > v_begin then
    update log set next_position = v_next where one = 1;
  end if;
  v_answer := jsonb_build_object('head', v_next - 1, 'parked', exists (select 1 from parked), 'u', to_jsonb(v_answers));
  insert into batch (id, answer, answered_at) values (p_batch, v_answer, p_now);
  return v_answer;
end $$;

-- Drops the oldest interactions received before a time, with what hangs on them; a little at a time. Answers how many went.
create or replace function drop_oldest_v1(p_before bigint, p_step integer) returns integer language plpgsql volatile as $$
declare
  v_last bigint := 0;
  v_raw bigint := 0;
  v_ids bytea[] := '{}';
  v_conversations bytea[] := '{}';
  r record;
begin
  perform 1 from log where one = 1 for update;
  for r in select position, id, conversation, received_at, raw_event from interaction order by position limit p_step loop
    -- cut from the beginning only, so that positions stay dense
    exit when r.received_at >= p_before;
    v_last := r.position;
    v_raw := greatest(v_raw, r.raw_event);
    v_ids := v_ids || r.id;
    if r.conversation is not null then
      v_conversations := v_conversations || r.conversation;
    end if;
  end loop;
  if v_last = 0 then
    return 0;
  end if;
  delete from interaction where position <= v_last;
  delete from raw_event where id <= v_raw;
  delete from reference where interaction = any(v_ids);
  delete from delivery where interaction = any(v_ids);
  delete from segment where interaction = any(v_ids);
  delete from outbox where interaction = any(v_ids);
  delete from correction where interaction = any(v_ids);
  delete from fallback where first = any(v_ids);
  delete from fallback_step where interaction = any(v_ids);
  -- those that are closed and have nothing left; open ones go on
  delete from conversation where id = any(v_conversations) and closed_at is not null and last_position <= v_last;
  update log set oldest = v_last + 1 where one = 1;
  return cardinality(v_ids);
end $$;

-- Drops some of what hangs on no interaction and is older than a time. Answers whether there may be more.
create or replace function drop_beside_v1(p_before bigint, p_step integer) returns boolean language plpgsql volatile as $$
declare
  v_media bytea[];
  v_letters integer;
begin
  perform 1 from log where one = 1 for update;
  with gone as (delete from media where id in (select id from media
      where greatest(created_at, used_at) < p_before and state <> 'PENDING'
      order by greatest(created_at, used_at) limit p_step) returning id)
    select coalesce(array_agg(id), '{}') into v_media from gone;
  -- the bytes go later, while nobody waits
  update media_content set recorded = 0, kept_at = 0 where media = any(v_media);
  delete from dead_letter where id in (select id from dead_letter
    where happened_at < p_before and closed_at is not null order by id limit p_step);
  get diagnostics v_letters = row_count;
  return greatest(cardinality(v_media), v_letters) = p_step;
end $$;

-- Clears some of what is kept for a time only. Answers whether there may be more.
create or replace function clear_v1(p_now bigint, p_keys bigint, p_answers bigint, p_devices bigint, p_batches bigint,
    p_step integer) returns boolean language plpgsql volatile as $$
declare
  v_most integer := 0;
  v_count integer;
begin
  perform 1 from log where one = 1 for update;
  delete from once where hash in (select hash from once where stored_at < p_keys order by stored_at limit p_step);
  get diagnostics v_count = row_count;
  v_most := greatest(v_most, v_count);
  delete from answer where id in (select id from answer where answered_at < p_answers order by answered_at limit p_step);
  get diagnostics v_count = row_count;
  v_most := greatest(v_most, v_count);
  delete from plugin_state where (account, key) in
    (select account, key from plugin_state where over_at <= p_now order by over_at limit p_step);
  get diagnostics v_count = row_count;
  v_most := greatest(v_most, v_count);
  delete from print where hash in (select hash from print where over_at < p_now order by over_at limit p_step);
  get diagnostics v_count = row_count;
  v_most := greatest(v_most, v_count);
  delete from device where (account, device) in (select account, device from device
    where seen_at < p_devices and (online = 0 or epoch < (select epoch from log)) order by seen_at limit p_step);
  get diagnostics v_count = row_count;
  v_most := greatest(v_most, v_count);
  delete from device_address where (account, address) in
    (select account, address from device_address where seen_at < p_devices order by seen_at limit p_step);
  get diagnostics v_count = row_count;
  v_most := greatest(v_most, v_count);
  delete from batch where id in (select id from batch where answered_at < p_batches order by answered_at limit p_step);
  get diagnostics v_count = row_count;
  return greatest(v_most, v_count) = p_step;
end $$;

-- Which server this is, and which of its databases: it changes with a fail-over, and with a copy that is put in the place of the log.
create or replace function server_v1() returns text language sql volatile as $$
  select (select system_identifier from pg_control_system())
    || '/' || case when pg_is_in_recovery() then '' else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end
    || '/' || (select oid from pg_database where datname = current_database())
    || '/' || 'log'::regclass::oid
$$;

-- Whether the log lacks what was seen committed: it is shorter, or has another story before where that was (also where ours is longer by
-- now), or its timelines are others than the one that was seen.
create or replace function lacks_v1(p_timeline integer, p_head bigint) returns boolean language sql volatile as $$
  select p_timeline > 0 and ((select l.next_position from log l) <= p_head
    or exists (select 1 from timeline t where t.number > p_timeline and t.first_position <= p_head)
    or exists (select 1 from timeline t where t.number = p_timeline and t.number > 1 and t.first_position = 1)
    or not exists (select 1 from timeline t where t.number = p_timeline))
$$;

-- What each new connection asks: whether this is the server, in the state, that the log was written to. A fail-over to a server that
-- lacks commits, or a backup that was put back, may give positions again that readers have seen with other content; so our timeline is
-- raised then, and cursors of the one before are told where both still agree.
--
-- p_timeline, p_head: the furthest that the caller knows of; 0: nothing
-- lost: whether the log lacks what the caller saw committed
create or replace function greet_v1(p_now bigint, p_timeline integer, p_head bigint)
  returns table (identity bigint, timeline integer, raised boolean, lost boolean) language plpgsql volatile as $$
#variable_conflict use_column
declare
  v_server text := server_v1();
  v_known text;
  v_next bigint;
  v_timeline integer;
begin
  select l.server, l.next_position into strict v_known, v_next from log l;
  select max(t.number) into v_timeline from timeline t;
  if v_known = v_server and (v_timeline > p_timeline or (v_timeline = p_timeline and v_next > p_head)) then
    return query select l.identity, v_timeline, false, lacks_v1(p_timeline, p_head) from log l;
    return;
  end if;
  select l.server, l.next_position into strict v_known, v_next from log l where l.one = 1 for update;
  select max(t.number) into v_timeline from timeline t;
  if v_known = v_server and (v_timeline > p_timeline or (v_timeline = p_timeline and v_next > p_head)) then
    return query select l.identity, v_timeline, false, lacks_v1(p_timeline, p_head) from log l;
    return;
  end if;
  -- never a number that somebody has seen already; of those that another server gave, nobody here knows where their story left ours
  insert into timeline (number, first_position, since)
    select n, case when n <= p_timeline then 1 else v_next end, p_now
      from generate_series(v_timeline + 1, greatest(v_timeline, p_timeline) + 1) n;
  -- epochs that were given in what is lost are not given again
  update log set server = v_server, epoch = epoch + 1000000 where one = 1;
  return query select l.identity, greatest(v_timeline, p_timeline) + 1, true, lacks_v1(p_timeline, p_head) from log l;
end $$;

-- Begins the log where there is none; of several members that come first, one does.
create or replace function begin_log_v1(p_identity bigint, p_now bigint) returns boolean language plpgsql volatile as $$
begin
  insert into log (one, identity, next_position, oldest, next_version, epoch, server)
    values (1, p_identity, 1, 1, 1, 0, server_v1()) on conflict do nothing;
  if found then
    insert into timeline (number, first_position, since) values (1, 1, p_now);
  end if;
  return found;
end $$;

-- Whether the server can write: commits something as large as a usual batch, and gives it back.
create or replace function roomy_v1() returns boolean language plpgsql volatile as $$
begin
  delete from batch where id = decode(repeat('00', 16), 'hex');
  insert into batch (id, answer, answered_at)
    values (decode(repeat('00', 16), 'hex'), (select to_jsonb(string_agg(md5(random()::text), '')) from generate_series(1, 8192)), 0);
  return true;
end $$;
