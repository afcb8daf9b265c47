package io.tributary.host.journal;

import io.tributary.model.Bytes;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Webhooks in their tables, the same in both databases.
final class WebhookRows implements WebhookRecords {

    private static final String WEBHOOK =
            "id, name, url, filter, secret, former_secret, former_until, state, reason,"
                    + " created_at, changed_at, version, cursor, failures, failing_since,"
                    + " not_before, delivered_at, problem, holder, held_until";
    private static final String WEBHOOKS = "select " + WEBHOOK + " from webhook ";
    private static final String WAITING =
            " from webhook_event where webhook = ? and webhook_event.not_before is not null";
    private static final String OWN =
            " from webhook_event as event where event.webhook = hook.id"
                    + " and event.not_before is not null)";
    private static final String LOOK =
            "select "
                    + WEBHOOK
                    + ", (select count(*)"
                    + OWN
                    + ", (select min(event.not_before)"
                    + OWN
                    + " from webhook as hook ";
    private static final String ASIDE =
            "select webhook, interaction, position, attempts, first_at, not_before, reason"
                    + " from webhook_event ";

    private final ReadPool pool;
    private final FoldRows.Writing writing;

    WebhookRows(ReadPool pool, FoldRows.Writing writing) {
        this.pool = pool;
        this.writing = writing;
    }

    @Override
    public List<Webhook> all() {
        return pool.read(
                sql -> sql.list(WEBHOOKS + "order by created_at, id", WebhookRows::webhook));
    }

    @Override
    public Optional<Webhook> byId(String id) {
        return pool.read(sql -> sql.first(WEBHOOKS + "where id = ?", WebhookRows::webhook, id));
    }

    @Override
    public Optional<Look> look(String id) {
        return pool.read(sql -> sql.first(LOOK + "where id = ?", WebhookRows::look, id));
    }

    @Override
    public List<Look> looks(long holder) {
        return pool.read(sql -> sql.list(LOOK + "where holder = ?", WebhookRows::look, holder));
    }

    @Override
    public boolean isAsRead(Webhook read) {
        return pool.read(sql ->
                sql.number(
                        0,
                        "select count(*) from webhook"
                                + " where id = ? and version = ? and holder = ?",
                        read.id(),
                        read.version(),
                        read.holder()))
                == 1;
    }

    @Override
    public boolean take(String id, long holder, Instant now, Duration lasts) {
        return written(
                "update webhook set holder = ?, held_until = ? where id = ? and state = 'ACTIVE'"
                        + " and (holder = ? or held_until <= ?)",
                holder,
                now.plus(lasts),
                id,
                holder,
                now);
    }

    @Override
    public void release(long holder) {
        written("update webhook set held_until = 0 where holder = ?", holder);
    }

    @Override
    public void releaseAll() {
        written("update webhook set held_until = 0");
    }

    @Override
    public boolean keep(Webhook read, Progress progress) {
        return written(
                "update webhook set cursor = ?, failures = ?, failing_since = ?, not_before = ?,"
                        + " delivered_at = ?, problem = ?"
                        + " where id = ? and version = ? and holder = ?",
                progress.cursor(),
                progress.failures(),
                progress.failingSince(),
                progress.notBefore(),
                progress.deliveredAt(),
                progress.problem(),
                read.id(),
                read.version(),
                read.holder());
    }

    @Override
    public boolean reseal(Webhook read, Bytes secret, @Nullable Bytes former) {
        return written(
                "update webhook set secret = ?, former_secret = ? where id = ? and version = ?",
                secret,
                former,
                read.id(),
                read.version());
    }

    @Override
    public List<Aside> due(String webhook, Instant now, int limit) {
        return pool.read(sql ->
                sql.list(
                        ASIDE
                                + "where webhook = ? and not_before <= ?"
                                + " order by position limit ?",
                        WebhookRows::aside,
                        webhook,
                        now,
                        limit));
    }

    @Override
    public List<Aside> aside(String webhook, int limit) {
        return pool.read(sql ->
                sql.list(
                        ASIDE + "where webhook = ? order by position limit ?",
                        WebhookRows::aside,
                        webhook,
                        limit));
    }

    @Override
    public Waiting waiting(String webhook) {
        return pool.read(sql ->
                        sql.first(
                                "select count(*), min(not_before)" + WAITING,
                                WebhookRows::waiting,
                                webhook))
                .orElseThrow();
    }

    @Override
    public Map<String, Counts> counts() {
        Map<String, Counts> counts = new HashMap<>();
        pool.read(sql ->
                        sql.list(
                                "select webhook, count(not_before), count(*) from webhook_event"
                                        + " group by webhook",
                                columns -> {
                                    String webhook = columns.text();
                                    int waiting = columns.smallNumber();
                                    int all = columns.smallNumber();
                                    return Map.entry(webhook, new Counts(waiting, all - waiting));
                                }))
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    @Override
    public void put(Aside aside) {
        written(
                "insert into webhook_event (webhook, interaction, position, attempts, first_at,"
                        + " not_before, reason) values (?,?,?,?,?,?,?)"
                        + " on conflict (webhook, interaction) do update set"
                        + " attempts = excluded.attempts, first_at = excluded.first_at,"
                        + " not_before = excluded.not_before, reason = excluded.reason",
                aside.webhook(),
                aside.event(),
                aside.position(),
                aside.attempts(),
                aside.firstAt(),
                aside.notBefore(),
                aside.reason());
    }

    @Override
    public void drop(String webhook, InteractionId event) {
        written("delete from webhook_event where webhook = ? and interaction = ?", webhook, event);
    }

    @Override
    public void hurry(String webhook, Instant now) {
        written(
                "update webhook_event set not_before = ? where webhook = ? and not_before > ?",
                now,
                webhook,
                now);
    }

    @Override
    public void forget(Instant before) {
        written("delete from webhook_event where not_before is null and first_at < ?", before);
        written("delete from webhook_event where webhook not in (select id from webhook)");
    }

    private boolean written(String text, @Nullable Object... values) {
        return writing.run(sql -> sql.update(text, values)) > 0;
    }

    private static Webhook webhook(Columns columns) throws SQLException {
        var setup =
                new Setup(
                        columns.text(),
                        columns.text(),
                        columns.text(),
                        columns.text(),
                        columns.bytes(),
                        former(columns.arrayOrNull()),
                        columns.instantOrNull(),
                        columns.constant(State.class),
                        columns.text(),
                        columns.instant(),
                        columns.instant());
        long version = columns.number();
        var progress =
                new Progress(
                        columns.text(),
                        columns.smallNumber(),
                        columns.instantOrNull(),
                        columns.instantOrNull(),
                        columns.instantOrNull(),
                        columns.text());
        return new Webhook(setup, version, progress, columns.number(), columns.instant());
    }

    private static Look look(Columns columns) throws SQLException {
        return new Look(webhook(columns), waiting(columns));
    }

    private static Waiting waiting(Columns columns) throws SQLException {
        return new Waiting(columns.smallNumber(), columns.instantOrNull());
    }

    private static @Nullable Bytes former(byte @Nullable [] bytes) {
        return bytes == null ? null : Bytes.wrap(bytes);
    }

    private static Aside aside(Columns columns) throws SQLException {
        return new Aside(
                columns.text(),
                columns.interaction(),
                columns.number(),
                columns.smallNumber(),
                columns.instant(),
                columns.instantOrNull(),
                columns.text());
    }
}
