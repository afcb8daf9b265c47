package io.tributary.host.webhooks;

import static io.tributary.host.webhooks.Receiver.failsFor;
import static io.tributary.host.webhooks.Receiver.says;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.agents.Event;
import io.tributary.host.agents.Refusal;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.WebhookRecords.Progress;
import io.tributary.host.journal.WebhookRecords.State;
import io.tributary.host.secrets.MasterKeys;
import io.tributary.model.AccountId;
import io.tributary.model.InteractionId;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("a webhook")
@Timeout(120)
final class DeliveriesTest {

    private static final Duration IN_TURN = Duration.ofSeconds(3);
    private static final Duration DAYS = Duration.ofDays(3).plusHours(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path folder;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private final InstantSource clock = now::get;

    @SuppressWarnings("NullAway.Init") // before each test
    private Receiver app;

    @SuppressWarnings("NullAway.Init") // before each test
    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        app = new Receiver();
        scene = scene(1);
    }

    private Scene scene(long run) throws Exception {
        return new Scene(journal(), folder, new Deliveries.Member(run, false));
    }

    private SqliteJournal journal() {
        return SqliteJournal.open(folder, JournalOptions.standard().at(clock));
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
        app.close();
    }

    private void move(Duration by) {
        now.updateAndGet(before -> before.plus(by));
        scene.deliveries.changed();
    }

    private Webhooks.Made create() {
        return scene.create(app.url("/hook"));
    }

    @Test
    @DisplayName("gets every event in order, as the stream shows it, signed, with the event's id")
    void delivered() {
        Webhooks.Made made = create();
        List<InteractionId> said =
                IntStream.range(0, 50).mapToObj(i -> scene.say("message " + i)).toList();

        scene.await(() -> app.posts.size() == 50);

        for (int i = 0; i < 50; i++) {
            Receiver.Post post = app.posts.get(i);
            var row = scene.journal.log().byId(said.get(i)).orElseThrow();
            assertThat(post.body()).isEqualTo(new Event(row, scene.agents.cursors()).data().utf8());
            assertThat(post.header("webhook-id")).isEqualTo(said.get(i).toString());
            assertThat(post.header("webhook-timestamp"))
                    .isEqualTo(Long.toString(clock.instant().getEpochSecond()));
            assertThat(post.header("webhook-signature")).isEqualTo(signed(post, made.secret()));
            assertThat(post.header("content-type")).isEqualTo("application/cloudevents+json");
        }
        scene.await(() -> scene.view(made).lag().orElseThrow() == 0);
    }

    /// As an app finds it by hand.
    private static String signed(Receiver.Post post, String secret) {
        String text =
                String.join(
                        ".",
                        post.header("webhook-id"),
                        post.header("webhook-timestamp"),
                        post.body());
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    @DisplayName("gets nothing of what was before it, and nothing that its filter leaves out")
    void filtered() {
        scene.say("before");
        Webhooks.Made made =
                scene.create(
                        app.url("/hook"),
                        new Filter(Set.of(), Set.of(Scene.WEST), null, Set.of(), null, Set.of()));
        scene.say(Scene.EAST, "elsewhere");
        scene.say(Scene.WEST, "here");

        scene.await(() -> !app.posts.isEmpty() && scene.view(made).lag().orElseThrow() == 0);

        assertThat(app.texts()).containsExactly("here");
    }

    @Test
    @DisplayName("that answers 410 gets nothing more, until an operator wants it again")
    void gone() {
        Webhooks.Made made = create();
        app.behaviour = says(410);
        scene.sayAll("message ", 3);
        scene.await(() -> scene.state(made) == State.GONE);
        assertThat(app.posts).hasSize(1);
        assertThat(scene.deeds()).contains("webhook.gone");

        app.behaviour = says(204);
        var view = scene.view(made);
        scene.webhooks.change(view, Scene.active(true), Scene.OPERATOR);

        scene.await(() -> app.posts.size() == 4);
        assertThat(app.texts()).containsExactly("message 0", "message 0", "message 1", "message 2");
    }

    @Test
    @DisplayName("is not followed to where a redirect leads")
    void redirect() throws Exception {
        try (var elsewhere = new Receiver()) {
            Webhooks.Made made = create();
            app.behaviour = says(307, "Location: " + elsewhere.url("/stolen") + "\r\n");
            scene.say("secret");

            scene.await(() -> scene.view(made).webhook().progress().failures() == 1);

            assertThat(scene.view(made).webhook().progress().problem()).isEqualTo("answered 307");
            assertThat(elsewhere.posts).isEmpty();
        }
    }

    @Test
    @DisplayName("gets what follows an event that fails, and that one later with the same id")
    void oneFails() {
        Webhooks.Made made = create();
        app.behaviour = failsFor(post -> post.text().equals("bad"));
        scene.say("one");
        InteractionId bad = scene.say("bad");
        scene.say("two");
        scene.say("three");
        scene.await(() -> scene.view(made).webhook().progress().notBefore() != null);
        move(IN_TURN);

        scene.await(() -> app.posts.size() == 5);
        assertThat(app.texts()).containsExactly("one", "bad", "bad", "two", "three");
        scene.await(() -> scene.view(made).aside().waiting() == 1);
        assertThat(scene.webhooks.aside(scene.view(made)))
                .singleElement()
                .satisfies(aside -> {
                    assertThat(aside.event()).isEqualTo(bad);
                    assertThat(aside.reason()).isEqualTo("answered 500");
                });

        app.behaviour = says(200);
        move(Duration.ofMinutes(2));
        scene.await(() -> scene.view(made).aside().waiting() == 0);
        assertThat(app.posts).hasSize(6);
        assertThat(app.posts.getLast().header("webhook-id")).isEqualTo(bad.toString());
    }

    @Test
    @DisplayName("is given an event up that fails for three days while others get through")
    void givenUp() {
        Webhooks.Made made = create();
        app.behaviour = failsFor(post -> post.text().equals("bad"));
        scene.say("bad");
        scene.await(() -> scene.view(made).webhook().progress().notBefore() != null);
        move(IN_TURN);
        scene.await(() -> scene.view(made).aside().waiting() == 1);

        move(DAYS);
        scene.say("good");
        scene.await(() -> app.texts().contains("good"));

        scene.await(() -> {
            scene.webhooks.aside(scene.view(made)).forEach(each -> pass(each.notBefore()));
            return scene.view(made).aside().givenUp() == 1;
        });
        assertThat(scene.view(made).aside().waiting()).isZero();
        assertThat(scene.state(made)).isEqualTo(State.ACTIVE);
    }

    @Test
    @DisplayName("gets what is new although many events wait that it never answers")
    void silent() throws Exception {
        scene.close();
        var impatient = Duration.ofMillis(500);
        scene = new Scene(journal(), folder, new Deliveries.Member(2, false), impatient);
        Webhooks.Made made = create();
        List<InteractionId> said =
                IntStream.range(0, 8).mapToObj(i -> scene.say("slow " + i)).toList();
        scene.await(() -> app.posts.size() == 8);
        app.behaviour =
                (post, out) -> {
                    if (!post.text().startsWith("slow")) {
                        says(200).answer(post, out);
                    }
                };
        said.forEach(id -> scene.webhooks.redeliver(scene.view(made), id, Scene.OPERATOR));
        scene.say("new");

        scene.await(() -> {
            pass(scene.view(made).webhook().progress().notBefore());
            return app.texts().contains("new");
        });

        assertThat(app.posts).hasSizeLessThan(16);
        scene.await(() -> {
            pass(scene.view(made).webhook().progress().notBefore());
            return scene.webhooks.aside(scene.view(made)).stream()
                    .allMatch(aside -> aside.reason().contains("did not answer in time"));
        });
        assertThat(scene.view(made).aside().waiting()).isEqualTo(8);
    }

    /// Waits no longer than the webhook does.
    private void pass(@Nullable Instant time) {
        if (time != null && time.isAfter(clock.instant())) {
            now.set(time);
        }
    }

    @Test
    @DisplayName("that is down for a while is tried seldom, and misses nothing")
    void down() {
        Webhooks.Made made = create();
        app.behaviour = says(500);
        scene.sayAll("message ", 150);
        down(made);
        assertThat(app.posts).hasSize(4);
        assertThat(scene.view(made).webhook().progress().notBefore()).isAfter(clock.instant());

        app.behaviour = says(200);
        move(Duration.ofSeconds(30));

        scene.await(() ->
                new HashSet<>(app.texts()).size() == 150
                        && scene.view(made).aside().waiting() == 0);
        assertThat(app.posts).hasSize(154);
        assertThat(scene.view(made).webhook().progress().problem()).isEmpty();
    }

    /// Nothing gets through any more.
    private void down(Webhooks.Made made) {
        scene.await(() -> {
            Progress progress = scene.view(made).webhook().progress();
            Instant next = progress.notBefore();
            if (progress.failures() < 4 && next != null && next.isAfter(clock.instant())) {
                move(IN_TURN);
            }
            return progress.failures() == 4;
        });
    }

    @Test
    @DisplayName("that takes nothing for three days is stopped, and goes on where it was")
    void stopped() {
        Webhooks.Made made = create();
        app.behaviour = says(503);
        scene.sayAll("message ", 5);
        down(made);

        move(DAYS);
        scene.await(() -> scene.state(made) == State.STOPPED);
        assertThat(scene.view(made).webhook().setup().reason()).contains("answered 503");
        assertThat(scene.deeds()).contains("webhook.stopped");

        app.behaviour = says(200);
        int before = app.posts.size();
        scene.webhooks.change(scene.view(made), Scene.active(true), Scene.OPERATOR);
        scene.await(() -> app.texts().stream().skip(before).distinct().count() == 5);
    }

    @Test
    @DisplayName("that asks for time gets it, and the events in their order afterwards")
    void retryAfter() {
        Webhooks.Made made = create();
        app.behaviour = says(429, "Retry-After: 120\r\n");
        scene.sayAll("message ", 3);
        scene.await(() -> scene.view(made).webhook().progress().notBefore() != null);
        assertThat(scene.view(made).webhook().progress().notBefore())
                .isEqualTo(clock.instant().plusSeconds(120));
        assertThat(app.posts).hasSize(1);

        app.behaviour = says(200);
        move(Duration.ofSeconds(121));

        scene.await(() -> app.posts.size() == 4);
        assertThat(app.texts()).containsExactly("message 0", "message 0", "message 1", "message 2");
        assertThat(scene.view(made).aside().waiting()).isZero();
    }

    @Test
    @DisplayName(
            "gets everything although the only member dies in the middle, and at once afterwards")
    void restart() throws Exception {
        create();
        var reached = new CountDownLatch(1);
        var hold = new CountDownLatch(1);
        app.behaviour =
                (post, out) -> {
                    if (post.text().equals("message 9")) {
                        reached.countDown();
                        awaitQuietly(hold);
                    }
                    says(200).answer(post, out);
                };
        scene.sayAll("message ", 40);
        reached.await();
        // it writes nothing from here on, whatever is answered
        scene.journal.close();
        hold.countDown();
        scene.close();

        scene = scene(2);

        scene.await(() -> Set.copyOf(app.texts()).size() == 40);
        assertThat(app.posts.size()).isGreaterThan(40);
        assertThat(app.posts.stream().map(post -> post.header("webhook-id")).distinct())
                .hasSize(40);
    }

    @Test
    @DisplayName("is left to others also by a member that is interrupted while it closes")
    void leftWhenInterrupted() {
        create();
        scene.await(() -> held().isAfter(clock.instant()));

        Thread.currentThread().interrupt();
        scene.deliveries.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(held()).isEqualTo(Instant.EPOCH);
    }

    private Instant held() {
        return scene.journal.webhooks().all().getFirst().heldUntil();
    }

    @Test
    @DisplayName("is delivered to although looking after webhooks failed in a way nobody knows")
    void lookedAfterAgain() throws Exception {
        scene.close();
        var altered = new AlteredJournal(journal());
        altered.broken = true;
        scene = new Scene(altered.journal(), folder, new Deliveries.Member(2, false));
        create();
        scene.say("message");
        scene.await(() -> altered.takes.get() > 0);

        altered.broken = false;

        scene.await(() -> app.posts.size() == 1);
    }

    @Test
    @DisplayName("that there is not costs one question a look")
    void none() throws Exception {
        scene.close();
        var altered = new AlteredJournal(journal());
        scene = new Scene(altered.journal(), folder, new Deliveries.Member(2, false));
        scene.await(() -> altered.asked.stream().filter("all"::equals).count() > 2);

        assertThat(altered.asked)
                .containsOnlyOnce("releaseAll")
                .doesNotContain("counts", "look", "waiting", "forget");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("is signed with both secrets for a while after another was made")
    void rotated() {
        Webhooks.Made made = create();
        Webhooks.Made rotated =
                scene.webhooks.rotate(scene.view(made), Duration.ofHours(24), Scene.OPERATOR);
        assertThat(rotated.secret()).isNotEqualTo(made.secret());
        scene.say("first");
        scene.await(() -> app.posts.size() == 1);
        Receiver.Post first = app.posts.getFirst();
        assertThat(first.header("webhook-signature").split(" "))
                .containsExactly(signed(first, rotated.secret()), signed(first, made.secret()));

        move(Duration.ofHours(25));
        scene.say("second");

        scene.await(() -> app.posts.size() == 2);
        Receiver.Post second = app.posts.getLast();
        assertThat(second.header("webhook-signature")).isEqualTo(signed(second, rotated.secret()));
    }

    @Test
    @DisplayName("that is older than what is kept says so, and goes on where an operator says")
    void behind() {
        app.behaviour = says(500);
        Webhooks.Made made = create();
        scene.sayAll("old ", 3);
        scene.await(() -> scene.view(made).webhook().progress().notBefore() != null);
        scene.webhooks.change(scene.view(made), Scene.active(false), Scene.OPERATOR);
        move(Duration.ofDays(1));
        scene.say("new");
        scene.journal.dropBefore(clock.instant());
        app.behaviour = says(200);
        int before = app.posts.size();
        scene.webhooks.change(scene.view(made), Scene.active(true), Scene.OPERATOR);

        scene.await(() -> scene.state(made) == State.BEHIND);
        assertThat(scene.deeds()).contains("webhook.behind");
        assertThat(scene.view(made).lag()).isEmpty();
        assertThat(app.posts).hasSize(before);
        assertThatThrownBy(() ->
                        scene.webhooks.redeliver(
                                scene.view(made),
                                made.view().webhook().progress().cursor(),
                                Scene.OPERATOR))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.why()).isEqualTo(Refusal.Why.EXPIRED));

        scene.webhooks.redeliver(scene.view(made), scene.agents.cursors().oldest(), Scene.OPERATOR);

        scene.await(() -> app.posts.size() > before);
        assertThat(app.texts().getLast()).isEqualTo("new");
        assertThat(scene.state(made)).isEqualTo(State.ACTIVE);
    }

    @Test
    @DisplayName("gets one event again, or all after a cursor, when an operator asks for it")
    void redelivered() {
        Webhooks.Made made = create();
        scene.say("one");
        InteractionId two = scene.say("two");
        scene.say("three");
        scene.await(() -> app.posts.size() == 3);

        scene.webhooks.redeliver(scene.view(made), two, Scene.OPERATOR);
        scene.await(() -> app.posts.size() == 4);
        assertThat(app.posts.getLast().header("webhook-id")).isEqualTo(two.toString());
        scene.await(() -> scene.view(made).aside().waiting() == 0);

        scene.webhooks.redeliver(
                scene.view(made), made.view().webhook().progress().cursor(), Scene.OPERATOR);
        scene.await(() -> app.posts.size() == 7);
        assertThat(app.texts().subList(4, 7)).containsExactly("one", "two", "three");

        InteractionId other = scene.say(Scene.WEST, "x");
        Webhooks.Made east =
                scene.create(
                        app.url("/east"),
                        new Filter(Set.of(), Set.of(Scene.EAST), null, Set.of(), null, Set.of()));
        assertThatThrownBy(() -> scene.webhooks.redeliver(scene.view(east), other, Scene.OPERATOR))
                .isInstanceOf(Refusal.class);
    }

    @Test
    @DisplayName("that is paused gets nothing, and all of it later")
    void paused() {
        Webhooks.Made made = create();
        scene.webhooks.change(scene.view(made), Scene.active(false), Scene.OPERATOR);
        Webhooks.Made other = scene.create(app.url("/other"));
        scene.say("message");
        scene.await(() -> scene.view(other).lag().orElseThrow() == 0);
        assertThat(app.posts).extracting(Receiver.Post::path).containsExactly("/other");

        scene.webhooks.change(scene.view(made), Scene.active(true), Scene.OPERATOR);

        scene.await(() -> app.posts.size() == 2);
    }

    @Test
    @DisplayName("posts a test when asked, which says what came of it")
    void tested() throws Exception {
        Webhooks.Made made = create();

        assertThat(scene.webhooks.test(scene.view(made))).isInstanceOf(Outcome.Delivered.class);
        var event = new JsonMapper().readTree(app.posts.getFirst().body());
        assertThat(event.path("type").asString()).isEqualTo("io.tributary.webhook.test.v1");
        assertThat(app.posts.getFirst().header("webhook-signature"))
                .isEqualTo(signed(app.posts.getFirst(), made.secret()));

        app.behaviour = says(404);
        assertThat(scene.webhooks.test(scene.view(made)).text()).isEqualTo("answered 404");
    }

    @Test
    @DisplayName("keeps its secret sealed, shows it to nobody again, and moves to a new master key")
    void sealed() throws Exception {
        Webhooks.Made made = create();
        String rows = scene.journal.webhooks().all().toString();

        assertThat(made.secret()).startsWith("whsec_").hasSize(6 + 44);
        assertThat(rows).doesNotContain(made.secret());
        assertThat(scene.view(made).webhook().setup().secret().utf8())
                .doesNotContain(made.secret());
        assertThat(made.toString()).doesNotContain(made.secret());

        String key = Base64.getEncoder().encodeToString("k".repeat(32).getBytes(US_ASCII));
        var moving = new SigningSecrets(MasterKeys.open(folder, key + "," + Scene.MASTER_KEY));
        moving.renew(scene.journal.webhooks(), scene.view(made).webhook());
        var moved = new SigningSecrets(MasterKeys.open(folder, key));
        assertThat(moved.open(scene.view(made).webhook().setup(), clock.instant()))
                .containsExactly(made.secret());
    }

    @Test
    @DisplayName("of all accounts is nothing that a token of one sees")
    void limitedToken() {
        Webhooks.Made all = create();
        Webhooks.Made west =
                scene.create(
                        app.url("/west"),
                        new Filter(Set.of(), Set.of(Scene.WEST), null, Set.of(), null, Set.of()));
        var limited =
                new Principal(
                        "w", "west", Set.of(Scope.ADMIN_WRITE), Set.<AccountId>of(Scene.WEST));

        assertThat(scene.webhooks.list(limited))
                .extracting(view -> view.webhook().id())
                .containsExactly(west.view().webhook().id());
        assertThatThrownBy(() -> scene.webhooks.need(all.view().webhook().id(), limited))
                .isInstanceOf(Refusal.class);
    }

    @Test
    @DisplayName("that is removed gets nothing more")
    void removed() {
        Webhooks.Made made = create();
        Webhooks.Made other = scene.create(app.url("/other"));
        scene.webhooks.remove(scene.view(made), Scene.OPERATOR);
        scene.say("message");

        scene.await(() -> scene.view(other).lag().orElseThrow() == 0);

        assertThat(app.posts).extracting(Receiver.Post::path).containsExactly("/other");
        assertThat(scene.webhooks.list(Scene.OPERATOR)).hasSize(1);
    }

    @Test
    @DisplayName("goes to no address inside, and in the clear only where an operator named it")
    void guarded() {
        assertThat(scene.webhooks.refusal(URI.create("https://169.254.169.254/latest")))
                .hasValueSatisfying(why -> assertThat(why).contains("metadata"));
        assertThat(scene.webhooks.refusal(URI.create("http://93.184.215.14/")))
                .hasValueSatisfying(why -> assertThat(why).contains("TLS"));
        assertThat(scene.webhooks.refusal(app.url("/hook"))).isEmpty();
    }

    @Test
    @DisplayName("is shown in the metrics: what came of deliveries, what waits, how far it is")
    void metrics() {
        create();
        scene.say("message");
        scene.await(() -> {
            Timer timer =
                    scene.meters
                            .find("tributary.webhooks.deliveries")
                            .tag("result", "delivered")
                            .timer();
            Gauge lag = scene.meters.find("tributary.webhooks.lag").gauge();
            return timer != null && timer.count() == 1 && lag != null && lag.value() == 0;
        });
        assertThat(
                        scene.meters
                                .get("tributary.webhooks.aside")
                                .tag("state", "waiting")
                                .gauge()
                                .value())
                .isZero();
    }
}
