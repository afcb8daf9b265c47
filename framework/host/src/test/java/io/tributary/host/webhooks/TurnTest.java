package io.tributary.host.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.agents.Agents;
import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.WebhookRecords;
import io.tributary.host.journal.WebhookRecords.Aside;
import io.tributary.host.journal.WebhookRecords.Progress;
import io.tributary.host.journal.WebhookRecords.State;
import io.tributary.host.secrets.MasterKeys;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.TimeOrderedIds;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a turn of a webhook")
@Timeout(60)
final class TurnTest {

    private static final URI URL = URI.create("https://app.example/hook");
    private static final URI OTHER_URL = URI.create("https://other.example/hook");
    private static final Filter WEST =
            new Filter(Set.of(), Set.of(Scene.WEST), null, Set.of(), null, Set.of());

    /// Looks at the log when it is told of a commit, so that nobody else asks the journal.
    private static final Agents.Options UNHURRIED =
            new Agents.Options(
                    8_192,
                    64L << 20,
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path folder;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private final TimeOrderedIds ids = TimeOrderedIds.system();
    private final App app = new App();
    private Memory memory = new Memory();

    @SuppressWarnings("NullAway.Init") // before each test
    private AlteredJournal altered;

    @SuppressWarnings("NullAway.Init") // before each test
    private Journal journal;

    @SuppressWarnings("NullAway.Init") // before each test
    private Agents agents;

    @SuppressWarnings("NullAway.Init") // before each test
    private Webhooks webhooks;

    @SuppressWarnings("NullAway.Init") // before each test
    private Turn.Means means;

    @SuppressWarnings("NullAway.Init") // before each test
    private String id;

    /// Answers what it is told to, and does something else meanwhile.
    private static final class App implements Posts {

        final List<URI> posts = new ArrayList<>();
        Answer answer = new Answer(200, null);
        IntFunction<Runnable> meanwhile = _ -> () -> {};

        @Override
        public void check(URI to) {}

        @Override
        public Answer post(URI to, Map<String, String> headers, Bytes body) {
            posts.add(to);
            meanwhile.apply(posts.size()).run();
            return answer;
        }

        void says(int status, @Nullable String retryAfter) {
            answer = new Answer(status, retryAfter);
        }

        /// While the first event is being posted.
        void once(Runnable change) {
            meanwhile = posted -> posted == 1 ? change : () -> {};
        }
    }

    @BeforeEach
    void open() throws Exception {
        altered =
                new AlteredJournal(
                        SqliteJournal.open(folder, JournalOptions.standard().at(now::get)));
        journal = altered.journal();
        agents = new Agents(journal, now::get, UNHURRIED);
        var keys = MasterKeys.open(folder, Scene.MASTER_KEY);
        var deliveries =
                new Deliveries(
                        journal,
                        agents,
                        keys,
                        app,
                        new Deliveries.Member(1, false),
                        new SimpleMeterRegistry());
        webhooks = new Webhooks(journal, agents, keys, app, deliveries);
        means =
                new Turn.Means(
                        journal,
                        agents.cursors(),
                        agents.follow(),
                        deliveries.mail(),
                        new Setups(journal, now::get));
        id =
                webhooks.create(new Webhooks.Draft("app", URL, Filter.ALL), null, Scene.OPERATOR)
                        .view()
                        .webhook()
                        .id();
    }

    @AfterEach
    void close() {
        agents.close();
        journal.close();
    }

    private Optional<Duration> turn() throws InterruptedException {
        WebhookRecords records = journal.webhooks();
        assertThat(records.take(id, 1, now.get(), Duration.ofMinutes(1))).isTrue();
        return new Turn(means, records.look(id).orElseThrow(), memory, () -> true).run();
    }

    private void turnsUntilIdle() throws InterruptedException {
        while (turn().orElseThrow().isZero()) {
            assertThat(app.posts).hasSizeLessThan(1_000);
        }
    }

    private Webhooks.View view() {
        return webhooks.need(id, Scene.OPERATOR);
    }

    private Progress progress() {
        return view().webhook().progress();
    }

    private List<Aside> aside() {
        return journal.webhooks().aside(id, 200);
    }

    private void move(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    private void change(URI url, Filter filter, @Nullable Boolean active) {
        webhooks.change(view(), new Webhooks.Wish(null, url, filter, active), Scene.OPERATOR);
    }

    private void say(int count) {
        for (int i = 0; i < count; i++) {
            say(Scene.EAST);
        }
    }

    private InteractionId say(AccountId account) {
        InteractionId said = ids.interaction();
        journal.append(
                        Unit.of(
                                new Change.Append(
                                        said,
                                        null,
                                        null,
                                        new ChannelId("pager"),
                                        account,
                                        Direction.INBOUND,
                                        "text",
                                        Change.Weight.FROM_CUSTOMER,
                                        now.get(),
                                        Bytes.utf8("{}"))))
                .join()
                .need();
        long before = journal.log().head() - 1;
        Awaitility.await().until(() -> !agents.follow().after(before, 1).rows().isEmpty());
        return said;
    }

    private void setAside(InteractionId event, Instant firstAt, Instant notBefore) {
        journal.webhooks().put(new Aside(id, event, 1, 3, firstAt, notBefore, "answered 500"));
    }

    @Test
    @DisplayName("does nothing over and over when a wait is over and nothing is left to try")
    void narrowedPastWhatFails() throws Exception {
        app.says(500, null);
        say(1);
        assertThat(turn().orElseThrow()).isPositive();
        change(URL, WEST, null);
        assertThat(progress().notBefore()).isNotNull();
        move(Duration.ofSeconds(3));

        for (int i = 0; i < 5; i++) {
            assertThat(turn().orElseThrow()).isEqualTo(Deliveries.LOOK);
        }

        assertThat(app.posts).hasSize(1);
        assertThat(progress().notBefore()).isNull();
    }

    @Test
    @DisplayName(
            "leaves what follows alone from the hundredth event on that is set aside, and says so")
    void full() throws Exception {
        for (int i = 0; i < 99; i++) {
            setAside(ids.interaction(), now.get(), now.get().plus(Duration.ofDays(1)));
        }
        assertThat(view().problem()).isEmpty();
        app.says(500, null);
        say(3);
        turn();
        move(Duration.ofSeconds(3));
        turn();
        assertThat(view().aside().waiting()).isEqualTo(100);

        move(Duration.ofSeconds(3));
        for (int i = 0; i < 5; i++) {
            assertThat(turn().orElseThrow()).isPositive();
        }

        assertThat(app.posts).hasSize(2);
        assertThat(view().problem())
                .isEqualTo(
                        "100 events are set aside: what follows waits until some are taken;"
                                + " answered 500");
    }

    @Test
    @DisplayName("gives up no event while nothing gets through: the app counts as down then")
    void nothingGetsThrough() throws Exception {
        List<InteractionId> said = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            said.add(say(Scene.EAST));
        }
        webhooks.redeliver(view(), agents.cursors().now(), Scene.OPERATOR);
        said.forEach(each -> setAside(each, now.get().minus(Duration.ofDays(4)), now.get()));
        app.says(500, null);

        assertThat(turn().orElseThrow()).isPositive();

        assertThat(view().aside().givenUp()).isZero();
        assertThat(app.posts).hasSize(4);
        assertThat(progress().failures()).isEqualTo(4);
        assertThat(progress().notBefore()).isAfter(now.get());
    }

    @Test
    @DisplayName("gives up an event that fails for three days while others get through")
    void othersGetThrough() throws Exception {
        InteractionId bad = say(Scene.EAST);
        turnsUntilIdle();
        setAside(bad, now.get().minus(Duration.ofDays(4)), now.get());
        app.says(500, null);

        turn();

        assertThat(view().aside().givenUp()).isEqualTo(1);
        assertThat(progress().failures()).isZero();
    }

    @Test
    @DisplayName(
            "does not take the app for down that refuses one event for days, while no other comes:"
                    + " the next one comes at once")
    void oneBadEvent() throws Exception {
        app.says(500, null);
        InteractionId bad = say(Scene.EAST);
        turn();
        move(Duration.ofSeconds(3));
        turn();
        for (int i = 0; i < 9; i++) {
            move(Duration.ofHours(13));
            // as it is after another member took over
            memory = new Memory();
            assertThat(turn()).isPresent();
        }
        assertThat(app.posts).hasSize(11);
        assertThat(progress().failures()).isEqualTo(2);
        assertThat(progress().notBefore()).isNull();
        assertThat(view().webhook().setup().state()).isEqualTo(State.ACTIVE);
        assertThat(aside()).singleElement().extracting(Aside::notBefore).isNotNull();

        app.says(200, null);
        say(1);
        turn();
        assertThat(app.posts).hasSize(12);

        app.says(500, null);
        move(Duration.ofHours(13));
        turn();
        assertThat(aside()).singleElement().extracting(Aside::event).isEqualTo(bad);
        assertThat(view().aside().givenUp()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "finds an app down with the second event that fails, and stops it three days after that,"
                    + " however long the first failed by itself")
    void secondBadEvent() throws Exception {
        app.says(500, null);
        say(1);
        for (int i = 0; i < 9; i++) {
            turn();
            move(Duration.ofHours(13));
        }
        assertThat(progress().failures()).isEqualTo(2);
        say(1);
        app.says(503, "1");
        turn();
        assertThat(view().webhook().setup().state()).isEqualTo(State.ACTIVE);
        assertThat(progress().failures()).isEqualTo(3);

        app.says(500, null);
        move(Duration.ofSeconds(3));
        turn();
        move(Duration.ofSeconds(30));
        turn();
        assertThat(progress().failures()).isGreaterThanOrEqualTo(Standing.DOWN);
        assertThat(view().webhook().setup().state()).isEqualTo(State.ACTIVE);

        move(Duration.ofDays(3));
        assertThat(turn()).isEmpty();
        assertThat(view().webhook().setup().state()).isEqualTo(State.STOPPED);
    }

    @Test
    @DisplayName("that begins anew tries at once what was set aside, as if it were the first time")
    void begunAnew() {
        InteractionId event = say(Scene.EAST);
        Instant before = now.get();
        setAside(event, before, before.plus(Duration.ofHours(12)));
        move(Duration.ofDays(4));

        change(URL, Filter.ALL, true);

        assertThat(aside())
                .containsExactly(new Aside(id, event, 1, 0, now.get(), now.get(), "answered 500"));
        move(Duration.ofMinutes(1));
        change(OTHER_URL, Filter.ALL, null);
        assertThat(aside().getFirst().firstAt()).isEqualTo(now.get());
        move(Duration.ofMinutes(1));
        webhooks.redeliver(view(), progress().cursor(), Scene.OPERATOR);
        assertThat(aside().getFirst().firstAt()).isEqualTo(now.get());
        assertThat(aside().getFirst().notBefore()).isEqualTo(now.get());
    }

    @Test
    @DisplayName("keeps no place of a log that was put back meanwhile")
    void restoredMeanwhile() throws Exception {
        String begun = progress().cursor();
        say(3);
        app.once(() -> altered.timelines = 1);

        turn();

        assertThat(progress().cursor()).isEqualTo(begun);
        turn();
        assertThat(app.posts).hasSize(6);
        assertThat(view().lag()).hasValue(0);
    }

    @Test
    @DisplayName("posts nothing of what was set aside that the filter leaves out now")
    void filteredAgain() throws Exception {
        setAside(say(Scene.EAST), now.get(), now.get());
        change(URL, WEST, null);

        turnsUntilIdle();

        assertThat(aside()).isEmpty();
        assertThat(app.posts).isEmpty();
    }

    @Test
    @DisplayName("posts nothing more to an address that was changed or taken away meanwhile")
    void movedMeanwhile() throws Exception {
        say(3);
        app.once(() -> change(OTHER_URL, Filter.ALL, null));

        turnsUntilIdle();

        assertThat(app.posts).containsExactly(URL, OTHER_URL, OTHER_URL, OTHER_URL);
        app.posts.clear();
        say(3);
        app.once(() -> webhooks.remove(view(), Scene.OPERATOR));
        turn();
        assertThat(app.posts).hasSize(1);
    }

    @Test
    @DisplayName("is not repeated when the webhook is renamed or gets another secret meanwhile")
    void renamedMeanwhile() throws Exception {
        say(3);
        app.once(() ->
                webhooks.change(
                        view(), new Webhooks.Wish("renamed", null, null, null), Scene.OPERATOR));
        turnsUntilIdle();
        assertThat(app.posts).hasSize(3);

        app.posts.clear();
        say(3);
        app.once(() -> webhooks.rotate(view(), Duration.ZERO, Scene.OPERATOR));
        turnsUntilIdle();

        assertThat(app.posts).hasSize(3);
        assertThat(view().lag()).hasValue(0);
    }

    @Test
    @DisplayName("that could not be kept is written before anything is posted again")
    void unwritten() throws Exception {
        say(3);
        altered.unwritable = true;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::turn).isInstanceOf(JournalUnavailable.class);
        }
        assertThat(app.posts).hasSize(3);

        altered.unwritable = false;
        turnsUntilIdle();

        assertThat(app.posts).hasSize(3);
        assertThat(view().lag()).hasValue(0);
    }

    @Test
    @DisplayName("goes on where the last one came to, where the filter lets nothing through")
    void nothingPasses() throws Exception {
        change(URL, WEST, null);
        say(100);
        turnsUntilIdle();
        say(Scene.WEST);

        turnsUntilIdle();

        assertThat(app.posts).hasSize(1);
        assertThat(view().lag()).hasValue(0);
    }

    @Test
    @DisplayName("that finds nothing new asks the database once")
    void idle() throws Exception {
        say(1);
        turnsUntilIdle();
        altered.asked.clear();

        assertThat(turn()).contains(Deliveries.LOOK);

        assertThat(altered.asked).containsExactly("take", "look");
    }

    @Test
    @DisplayName("of which something is changed shows in the audit what, and no whole address")
    void audited() {
        change(URI.create("https://other.example/hook?token=secret"), WEST, false);
        webhooks.change(view(), new Webhooks.Wish("crm", null, null, null), Scene.OPERATOR);

        assertThat(journal.audit().page(Long.MAX_VALUE, 9))
                .extracting(Audit.Record::detail)
                .containsExactly(
                        "crm; name was app",
                        "app; host app.example to other.example;"
                                + " filter {} to {\"account\":[\"pager-west\"]}; ACTIVE to PAUSED",
                        "app; host app.example; filter {}");
    }

    @Test
    @DisplayName("holds nothing against an app where too many posts of this member are under way")
    void noPlace() throws Exception {
        say(1);
        var letter = new Mail.Letter(view().webhook().setup(), "other", Bytes.EMPTY);
        var under = new CountDownLatch(64);
        var over = new CountDownLatch(1);
        for (int i = 0; i < 64; i++) {
            Thread.startVirtualThread(() -> occupy(letter, under, over));
        }
        under.await();

        assertThat(turn()).contains(Duration.ZERO);

        assertThat(progress()).isEqualTo(Progress.at(progress().cursor()));
        assertThat(app.posts).isEmpty();
        over.countDown();
        turnsUntilIdle();
        assertThat(app.posts).hasSize(1);
    }

    private void occupy(Mail.Letter letter, CountDownLatch under, CountDownLatch over) {
        try {
            var _ =
                    means.mail()
                            .post(
                                    letter,
                                    () -> {
                                        under.countDown();
                                        awaitQuietly(over);
                                        return false;
                                    });
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("finds an app down that puts it off again and again, however shortly")
    void putOff() throws Exception {
        app.says(503, "1");
        say(1);
        for (int i = 0; i < 4; i++) {
            turn();
            move(Duration.ofSeconds(4));
        }

        assertThat(app.posts).hasSize(4);
        assertThat(progress().failures()).isEqualTo(4);
        assertThat(aside()).isEmpty();
        move(Duration.ofSeconds(7));
        app.says(503, "1");
        turn();
        assertThat(Duration.between(now.get(), progress().notBefore()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        move(Duration.ofDays(4));
        assertThat(turn()).isEmpty();
        assertThat(view().webhook().setup().state()).isEqualTo(State.STOPPED);
    }
}
