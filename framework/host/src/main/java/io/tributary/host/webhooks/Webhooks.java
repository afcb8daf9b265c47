package io.tributary.host.webhooks;

import io.tributary.host.access.Principal;
import io.tributary.host.agents.Agents;
import io.tributary.host.agents.Cursors;
import io.tributary.host.agents.Refusal;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.WebhookRecords;
import io.tributary.host.journal.WebhookRecords.Aside;
import io.tributary.host.journal.WebhookRecords.Counts;
import io.tributary.host.journal.WebhookRecords.Setup;
import io.tributary.host.journal.WebhookRecords.State;
import io.tributary.host.journal.WebhookRecords.Webhook;
import io.tributary.host.secrets.MasterKeys;
import io.tributary.model.Bytes;
import io.tributary.model.InteractionId;
import io.tributary.model.TimeOrderedIds;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Webhooks as operators see and change them. A token that is limited to accounts sees those that
/// are limited to them as well. Thread safe; blocking.
public final class Webhooks {

    /// Each is looked at by every member now and then.
    private static final int MOST = 200;

    private static final int SHOWN_ASIDE = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private final Journal journal;
    private final Cursors cursors;
    private final SigningSecrets secrets;
    private final Posts posts;
    private final Mail mail;
    private final Setups setups;
    private final TimeOrderedIds ids;
    private final InstantSource clock;
    private final Runnable wake;

    /// What an operator wants.
    public record Draft(String name, URI url, Filter filter) {}

    /// What an operator wants to be otherwise; null: as it is.
    ///
    /// @param active whether events are to go there: any begins anew where it is then, and tries
    ///   what it set aside at once
    public record Wish(
            @Nullable String name,
            @Nullable URI url,
            @Nullable Filter filter,
            @Nullable Boolean active) {}

    /// One webhook.
    ///
    /// @param lag positions of the log that it has still to come to; empty: nobody can say
    public record View(Webhook webhook, Filter filter, Counts aside, OptionalLong lag) {

        /// What the last failure was, or why nothing new goes there; empty: all is well.
        public String problem() {
            String problem = webhook.progress().problem();
            return aside.waiting() < Turn.MOST_ASIDE
                    ? problem
                    : aside.waiting()
                            + " events are set aside: what follows waits until some are taken"
                            + (problem.isEmpty() ? "" : "; " + problem);
        }
    }

    /// A secret was made.
    ///
    /// @param secret nobody can read it again
    public record Made(View view, String secret) {

        /// Never the secret.
        @Override
        public String toString() {
            return "Made[" + view.webhook().id() + "]";
        }
    }

    /// The webhooks of a deployment.
    ///
    /// @param posts the way out that deliveries take as well
    public Webhooks(
            Journal journal, Agents agents, MasterKeys keys, Posts posts, Deliveries deliveries) {
        this.journal = journal;
        this.cursors = agents.cursors();
        this.secrets = new SigningSecrets(keys);
        this.posts = posts;
        this.mail = deliveries.mail();
        this.clock = journal.clock();
        this.setups = new Setups(journal, clock);
        this.ids = new TimeOrderedIds(clock);
        this.wake = deliveries::changed;
    }

    /// Those that the token sees, oldest first.
    public List<View> list(Principal principal) {
        List<Webhook> all = records().all();
        Map<String, Counts> counts = records().counts();
        Cursors.Kept kept = cursors.kept();
        return all.stream()
                .map(webhook -> view(webhook, counts, kept))
                .filter(view -> sees(principal, view.filter()))
                .toList();
    }

    /// @throws Refusal there is none that the token sees
    public View need(String id, Principal principal) {
        return records()
                .byId(id)
                .map(this::view)
                .filter(view -> sees(principal, view.filter()))
                .orElseThrow(Webhooks::unknown);
    }

    /// The first of those events that wait or were given up.
    public List<Aside> aside(View view) {
        return records().aside(view.webhook().id(), SHOWN_ASIDE);
    }

    private WebhookRecords records() {
        return journal.webhooks();
    }

    private static Refusal unknown() {
        return new Refusal(Refusal.Why.NOT_FOUND, "there is no such webhook");
    }

    private View view(Webhook webhook) {
        return view(webhook, records().counts(), cursors.kept());
    }

    private View view(Webhook webhook, Map<String, Counts> counts, Cursors.Kept kept) {
        return new View(
                webhook,
                FilterText.read(webhook.setup().filter()),
                counts.getOrDefault(webhook.id(), Counts.NONE),
                Figures.lag(webhook, cursors, kept));
    }

    /// Who is limited to accounts neither gives nor sees more than that.
    private static boolean sees(Principal principal, Filter filter) {
        Set<?> accounts = filter.accounts();
        return principal.accounts().isEmpty()
                || (!accounts.isEmpty() && principal.accounts().containsAll(accounts));
    }

    /// Whether something may be posted there.
    ///
    /// @return why not; empty: it may
    public Optional<String> refusal(URI url) {
        try {
            posts.check(url);
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /// Makes one that gets what comes after a place in the stream.
    ///
    /// @param after a cursor; null: from now on
    /// @throws Refusal the cursor cannot be used, or there are too many
    public Made create(Draft draft, @Nullable String after, Principal by) {
        if (records().all().size() >= MOST) {
            throw new Refusal(Refusal.Why.BUSY, "there are " + MOST + " webhooks already");
        }
        String cursor = after == null ? cursors.now() : cursors.of(cursors.need(after));
        String id = ids.next().toString();
        String secret = secrets.fresh();
        Instant now = clock.instant();
        var setup =
                new Setup(
                        id,
                        draft.name(),
                        draft.url().toString(),
                        FilterText.write(draft.filter()),
                        secrets.seal(id, secret),
                        null,
                        null,
                        State.ACTIVE,
                        "",
                        now,
                        now);
        setups.add(setup, cursor, new Setups.Deed(by.id(), "create", AuditText.of(setup)));
        wake.run();
        return new Made(need(id, by), secret);
    }

    /// Changes one, from the next attempt on.
    public View change(View view, Wish wish, Principal by) {
        return changed(
                by,
                setups.change(
                        view.webhook().id(),
                        read -> {
                            Setup before = read.setup();
                            Setup after = wished(before, wish);
                            boolean moves = !before.url().equals(after.url());
                            boolean anew =
                                    after.state() == State.ACTIVE
                                            && (wish.active() != null || moves);
                            return new Setups.Changed(
                                    after,
                                    anew ? read.progress().cursor() : null,
                                    new Setups.Deed(
                                            by.id(), "change", AuditText.of(before, after)));
                        }));
    }

    private Setup wished(Setup before, Wish wish) {
        Boolean active = wish.active();
        State state = active == null ? before.state() : active ? State.ACTIVE : State.PAUSED;
        Filter filter = wish.filter();
        return new Setup(
                before.id(),
                Objects.requireNonNullElse(wish.name(), before.name()),
                Objects.toString(wish.url(), before.url()),
                filter == null ? before.filter() : FilterText.write(filter),
                before.secret(),
                before.former(),
                before.formerUntil(),
                state,
                state == before.state() ? before.reason() : "",
                before.createdAt(),
                clock.instant());
    }

    private View changed(Principal by, Optional<Webhook> now) {
        wake.run();
        return now.map(this::view)
                .filter(each -> sees(by, each.filter()))
                .orElseThrow(Webhooks::unknown);
    }

    public void remove(View view, Principal by) {
        setups.remove(view.webhook().id(), by.id());
        wake.run();
    }

    /// Makes another secret; the one before signs beside it for a while.
    ///
    /// @param overlap for how long; zero: it is worth nothing from now on
    public Made rotate(View view, Duration overlap, Principal by) {
        String id = view.webhook().id();
        String secret = secrets.fresh();
        Instant now = clock.instant();
        Optional<Webhook> rotated =
                setups.change(
                        id,
                        read -> {
                            Setup before = read.setup();
                            return new Setups.Changed(
                                    new Setup(
                                            id,
                                            before.name(),
                                            before.url(),
                                            before.filter(),
                                            secrets.seal(id, secret),
                                            overlap.isZero() ? null : before.secret(),
                                            overlap.isZero() ? null : now.plus(overlap),
                                            before.state(),
                                            before.reason(),
                                            before.createdAt(),
                                            now),
                                    null,
                                    new Setups.Deed(by.id(), "rotate", "old for " + overlap));
                        });
        return new Made(changed(by, rotated), secret);
    }

    /// Posts an event that says that it is a test, now, whatever the state; nothing else changes.
    public Outcome test(View view) throws InterruptedException {
        String id = view.webhook().id();
        String event = ids.next().toString();
        ObjectNode body = JSON.createObjectNode();
        body.put("specversion", "1.0")
                .put("id", event)
                .put("source", "/webhooks/" + id)
                .put("type", "io.tributary.webhook.test.v1")
                .put("time", clock.instant().toString())
                .put("datacontenttype", "application/json")
                .putObject("data")
                .put("webhook", id)
                .put("name", view.webhook().setup().name());
        var letter =
                new Mail.Letter(
                        view.webhook().setup(), event, Bytes.wrap(JSON.writeValueAsBytes(body)));
        return mail.post(letter, () -> true)
                .orElseGet(() -> new Outcome.Failed("too many are under way on this member"));
    }

    /// Delivers one event again, out of its turn.
    ///
    /// @throws Refusal there is no such event, or none that the webhook gets
    public View redeliver(View view, InteractionId event, Principal by) {
        String id = view.webhook().id();
        Row row =
                journal.log()
                        .byId(event)
                        .filter(view.filter()::accepts)
                        .orElseThrow(() ->
                                new Refusal(
                                        Refusal.Why.NOT_FOUND,
                                        "there is no such event, or none that the webhook gets"));
        Instant now = clock.instant();
        setups.note(id, new Setups.Deed(by.id(), "redeliver", "event " + event));
        records().put(new Aside(id, event, row.position(), 0, now, now, "asked for"));
        return changed(by, records().byId(id));
    }

    /// Delivers everything after a place in the stream again, and goes on from there. One that was
    /// behind what is kept is active again.
    ///
    /// @param after a cursor
    /// @throws Refusal the cursor cannot be used
    public View redeliver(View view, String after, Principal by) {
        String cursor = cursors.of(cursors.need(after));
        return changed(
                by,
                setups.change(
                        view.webhook().id(),
                        read -> {
                            Setup before = read.setup();
                            boolean behind = before.state() == State.BEHIND;
                            return new Setups.Changed(
                                    setups.state(
                                            before,
                                            behind ? State.ACTIVE : before.state(),
                                            behind ? "" : before.reason()),
                                    cursor,
                                    new Setups.Deed(by.id(), "redeliver", "after " + cursor));
                        }));
    }
}
