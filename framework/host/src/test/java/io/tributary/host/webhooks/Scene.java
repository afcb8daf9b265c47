package io.tributary.host.webhooks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.agents.Agents;
import io.tributary.host.egress.Egress;
import io.tributary.host.egress.EgressLimits;
import io.tributary.host.egress.EgressRules;
import io.tributary.host.egress.Posting;
import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.WebhookRecords.State;
import io.tributary.host.secrets.MasterKeys;
import io.tributary.host.secrets.SecretsUnusable;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.TimeOrderedIds;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/// As much of a member as webhooks need.
final class Scene implements AutoCloseable {

    static final Principal OPERATOR =
            new Principal("op", "operator", Set.of(Scope.ADMIN_WRITE), Set.of());
    static final AccountId EAST = new AccountId("pager-east");
    static final AccountId WEST = new AccountId("pager-west");

    private static final Vertx VERTX = Vertx.vertx();

    /// The same on all members.
    static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    final Journal journal;
    final Agents agents;
    final Deliveries deliveries;
    final Webhooks webhooks;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Posting posting;
    private final TimeOrderedIds ids = TimeOrderedIds.system();

    Scene(Journal journal, Path folder, Deliveries.Member member) throws SecretsUnusable {
        this(journal, folder, member, Duration.ofSeconds(15));
    }

    /// @param answers how long an app has
    Scene(Journal journal, Path folder, Deliveries.Member member, Duration answers)
            throws SecretsUnusable {
        this.journal = journal;
        this.agents = new Agents(journal, journal.clock(), Agents.Options.DEFAULT);
        this.posting =
                new Egress(
                                VERTX,
                                EgressRules.of(List.of("127.0.0.0/8")),
                                EgressLimits.USUAL,
                                null,
                                meters)
                        .posting(answers);
        var keys = MasterKeys.open(folder, MASTER_KEY);
        var posts = new Way(posting);
        this.deliveries = new Deliveries(journal, agents, keys, posts, member, meters);
        this.webhooks = new Webhooks(journal, agents, keys, posts, deliveries);
        journal.onCommit(_ -> deliveries.committed());
        agents.whenRead(_ -> deliveries.committed());
        deliveries.start();
    }

    private record Way(Posting posting) implements Posts {

        @Override
        public void check(URI to) throws IOException {
            posting.check(to);
        }

        @Override
        public Answer post(URI to, Map<String, String> headers, Bytes body)
                throws IOException, InterruptedException {
            Posting.Answer answer = posting.post(to, headers, body);
            return new Answer(answer.status(), answer.retryAfter());
        }
    }

    Webhooks.Made create(URI url) {
        return create(url, Filter.ALL);
    }

    Webhooks.Made create(URI url, Filter filter) {
        return webhooks.create(new Webhooks.Draft("app", url, filter), null, OPERATOR);
    }

    static Webhooks.Wish active(boolean active) {
        return new Webhooks.Wish(null, null, null, active);
    }

    Webhooks.View view(Webhooks.Made made) {
        return webhooks.need(made.view().webhook().id(), OPERATOR);
    }

    State state(Webhooks.Made made) {
        return view(made).webhook().setup().state();
    }

    InteractionId say(String text) {
        return say(EAST, text);
    }

    /// A message that arrives.
    InteractionId say(AccountId account, String text) {
        InteractionId id = ids.interaction();
        journal.append(
                        Unit.of(
                                new Change.Append(
                                        id,
                                        null,
                                        null,
                                        new ChannelId("pager"),
                                        account,
                                        Direction.INBOUND,
                                        "text",
                                        Change.Weight.FROM_CUSTOMER,
                                        journal.clock().instant(),
                                        Bytes.utf8("{\"say\":\"" + text + "\"}"))))
                .join()
                .need();
        return id;
    }

    void sayAll(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            say(prefix + i);
        }
    }

    /// What was done to webhooks, oldest first.
    List<String> deeds() {
        return journal.audit().after(0, 100).stream().map(Audit.Deed::action).toList();
    }

    /// Waits until it is so; whoever waits for a time looks at the clock again and again.
    void await(Callable<Boolean> so) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    deliveries.changed();
                    return so.call();
                });
    }

    /// Ends at once, and writes nothing any more.
    void die() {
        journal.close();
        close();
    }

    @Override
    public void close() {
        deliveries.close();
        posting.close();
        agents.close();
        journal.close();
    }
}
