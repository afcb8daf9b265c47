package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.access.Authenticator.Verdict;
import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.accounts.AccountView;
import io.tributary.host.accounts.Changed;
import io.tributary.host.accounts.OpenAccounts.Found;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import io.tributary.host.plugins.PluginJar;
import io.tributary.host.rollouts.Rollout;
import io.tributary.host.rollouts.RolloutRefused;
import io.tributary.model.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("members that share a database")
final class ConvergenceIT {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofSeconds(1);

    /// As Java writes it.
    private static final String SETTINGS =
            "{\\\"type\\\":\\\"object\\\",\\\"properties\\\":{\\\"tone\\\":{\\\"type\\\":\\\"integer\\\"}}}";

    private static final AccountId BELL = AccountId.of("bell");
    private static final Principal OPERATOR =
            new Principal("op", "operator", Set.of(Scope.ADMIN_WRITE), Set.of());

    @TempDir Path folder;

    private final PostgresAddress database = TestServer.database();
    private final Set<Long> alive = ConcurrentHashMap.newKeySet();
    private final List<Companion> members = new ArrayList<>();

    @AfterEach
    void close() {
        members.forEach(Companion::close);
        TestServer.drop(database);
    }

    private Companion member(Duration watch) throws Exception {
        return member(watch, Companion.ANYTHING);
    }

    private Companion member(Duration watch, Trust trust) throws Exception {
        var own = Files.createDirectories(folder.resolve("member-" + members.size()));
        var member = new Companion(database, own, alive, trust, watch);
        members.add(member);
        return member;
    }

    private Path jar(String version) {
        return jar("chime", version);
    }

    private Path jar(String plugin, String version) {
        return PluginJar.of(plugin, version)
                .manifest("Tributary-Channels", "chime")
                .channel("chime", "chime", "", "return _ -> Capabilities.NONE;", SETTINGS)
                .write(folder, plugin + "-" + version + ".jar");
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    private void allServe(String version) {
        soon(() -> assertThat(members).extracting(Companion::version).containsOnly(version));
    }

    /// Does both at the same time.
    private static <T> List<T> together(Callable<T> one, Callable<T> other) throws Exception {
        var barrier = new CyclicBarrier(2);
        var tasks = new ArrayList<FutureTask<T>>();
        for (var each : List.of(one, other)) {
            var task =
                    new FutureTask<>(() -> {
                        barrier.await();
                        return each.call();
                    });
            tasks.add(task);
            Thread.ofVirtual().start(task);
        }
        return List.of(tasks.getFirst().get(), tasks.getLast().get());
    }

    /// Whether it was taken.
    private static boolean taken(Companion member, Path jar)
            throws InterruptedException, IOException {
        try {
            var _ = member.install(jar);
            return true;
        } catch (RolloutRefused refused) {
            assertThat(refused.why())
                    .isIn(
                            RolloutRefused.Why.CONFLICT,
                            RolloutRefused.Why.WATCHED,
                            RolloutRefused.Why.UNFIT);
            return false;
        }
    }

    private static Optional<Long> open(Companion member) {
        return member.accounts.find(BELL) instanceof Found.Open
                ? member.accounts.view(BELL).map(AccountView::version)
                : Optional.empty();
    }

    @Test
    @DisplayName("open what another added, changed and removed, and their own changes once")
    void accounts() throws Exception {
        var one = member(SHORT);
        var other = member(SHORT);
        one.install(jar("1.0.0"));
        allServe("1.0.0");

        assertThat(one.put("bell", "{}")).isInstanceOf(Changed.Done.class);
        soon(() -> assertThat(open(other)).isPresent().isEqualTo(open(one)));
        assertThat(other.put("bell", "{\"tone\":2}")).isInstanceOf(Changed.Done.class);
        soon(() -> assertThat(open(one)).isEqualTo(open(other)));
        assertThat(one.accounts.view(BELL).orElseThrow().config().text()).contains("tone");

        // the news come in order: when this is known, all before is
        other.put("gong", "{}");
        soon(() -> assertThat(one.accounts.view(AccountId.of("gong"))).isPresent());
        one.put("horn", "{}");
        soon(() -> assertThat(other.accounts.view(AccountId.of("horn"))).isPresent());
        assertThat(one.changed.stream().filter(BELL::equals)).hasSize(2);
        assertThat(other.changed.stream().filter(BELL::equals)).hasSize(2);

        assertThat(other.accounts.remove(BELL, null, "op")).isInstanceOf(Changed.Removed.class);
        soon(() -> assertThat(one.accounts.find(BELL)).isInstanceOf(Found.Unknown.class));
    }

    @Test
    @DisplayName("come to one version of an account that two of them change at once")
    void changedAtOnce() throws Exception {
        var one = member(SHORT);
        var other = member(SHORT);
        one.install(jar("1.0.0"));
        allServe("1.0.0");
        one.put("bell", "{}");
        soon(() -> assertThat(open(other)).isPresent());

        for (int i = 0; i < 10; i++) {
            var tone = "{\"tone\":" + i + "}";
            var answers =
                    together(
                            () -> one.put("bell", tone),
                            () -> other.accounts.remove(BELL, null, "op"));
            assertThat(answers)
                    .allMatch(each ->
                            each instanceof Changed.Done
                                    || each instanceof Changed.Removed
                                    || each instanceof Changed.Unknown
                                    || each instanceof Changed.Conflict)
                    .anyMatch(each ->
                            each instanceof Changed.Done || each instanceof Changed.Removed);
        }

        var row = one.journal.accounts().byId(BELL).map(each -> each.version());
        soon(() -> {
            assertThat(open(one)).isEqualTo(row);
            assertThat(open(other)).isEqualTo(row);
        });
    }

    @Test
    @DisplayName("refuse a token within two seconds after another revoked it, and cut its streams")
    void tokens() throws Exception {
        var one = member(SHORT);
        var other = member(SHORT);
        var created = one.access.create("desk", Set.of("admin:*"), Set.of(), OPERATOR);
        assertThat(other.access.authenticate(created.secret(), "192.0.2.1"))
                .isInstanceOf(Verdict.Known.class);
        soon(() -> assertThat(other.given).contains(created.token().id()));

        one.access.revoke(created.token().id(), OPERATOR);

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    assertThat(other.access.remembered(created.secret())).isNull();
                    assertThat(other.revoked).contains(created.token().id());
                });
        assertThat(other.access.authenticate(created.secret(), "192.0.2.1"))
                .isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    @DisplayName("start at the same time with the same operator's token, and it is good on both")
    void sameToken() throws Exception {
        var one = member(SHORT);
        var other = member(SHORT);
        for (int i = 0; i < 5; i++) {
            var token = "a token of the environment " + i;

            together(
                    () -> one.access.firstToken(token, true),
                    () -> other.access.firstToken(token, true));

            assertThat(one.access.authenticate(token, "192.0.2.1"))
                    .isInstanceOf(Verdict.Known.class);
            assertThat(other.access.authenticate(token, "192.0.2.1"))
                    .isInstanceOf(Verdict.Known.class);
        }
    }

    @Test
    @DisplayName("serve a new plugin within three seconds, a version when it is settled, and none")
    void plugins() throws Exception {
        var canary = member(Duration.ofSeconds(2));
        var other = member(SHORT);
        var third = member(SHORT);
        var first = jar("1.0.0");
        var second = jar("1.1.0");

        canary.install(first);
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() ->
                        assertThat(members).extracting(Companion::version).containsOnly("1.0.0"));
        canary.put("bell", "{}");
        soon(() -> assertThat(open(third)).isPresent());

        assertThat(canary.install(second).state()).isEqualTo(Rollout.State.WATCHING);
        soon(() ->
                assertThat(other.observed())
                        .containsExactly("1.1.0 watching", "1.0.0 serving", "1.0.0 serving"));
        assertThat(other.install(second).state()).isEqualTo(Rollout.State.WATCHING);
        assertThat(taken(third, jar("1.2.0"))).isFalse();
        allServe("1.1.0");
        soon(() ->
                assertThat(members)
                        .extracting(each -> each.accounts.view(BELL).orElseThrow().plugin())
                        .extracting(String::valueOf)
                        .containsOnly("chime 1.1.0"));
        soon(() -> assertThat(other.observed()).containsOnly("1.1.0 serving").hasSize(3));
        assertThat(other.history()).containsExactly("serving 1.1.0", "serving 1.0.0");

        third.accounts.remove(BELL, null, "op");
        soon(() -> assertThat(open(other)).isEmpty());
        other.rollouts.remove("chime", "op");
        allServe("none");
        soon(() -> assertThat(other.observed()).isEmpty());
    }

    @Test
    @DisplayName("take a version back on whichever of them that is asked for")
    void rollback() throws Exception {
        var canary = member(LONG);
        var other = member(LONG);
        canary.install(jar("1.0.0"));
        allServe("1.0.0");
        canary.put("bell", "{}");
        canary.install(jar("1.1.0"));

        assertThat(other.rollouts.rollback("chime", "op").state())
                .isEqualTo(Rollout.State.RETURNED);

        allServe("1.0.0");
        assertThat(other.wanted().watched()).isNull();
        assertThat(canary.history()).containsExactly("returned 1.1.0", "serving 1.0.0");
        assertThat(canary.install(jar("1.2.0")).state()).isEqualTo(Rollout.State.WATCHING);
    }

    @Test
    @DisplayName("give a version back whose watch nobody keeps any more, one of them and once")
    void canaryDies() throws Exception {
        var canary = member(LONG);
        var other = member(LONG);
        var third = member(LONG);
        canary.install(jar("1.0.0"));
        allServe("1.0.0");
        canary.install(jar("1.1.0"));
        assertThat(other.wanted().watchedBy()).isEqualTo(canary.id);

        canary.die();

        soon(() -> assertThat(other.wanted().watched()).isNull());
        soon(() -> assertThat(third.observed()).containsExactly("1.0.0 serving", "1.0.0 serving"));
        assertThat(other.history()).containsExactly("returned 1.1.0", "serving 1.0.0");
    }

    @Test
    @DisplayName("give way when they come back from a pause in which their watch was given back")
    void canaryPauses() throws Exception {
        var canary = member(LONG);
        var other = member(LONG);
        canary.install(jar("1.0.0"));
        allServe("1.0.0");
        canary.put("bell", "{}");
        canary.install(jar("1.1.0"));
        assertThat(canary.version()).isEqualTo("1.1.0");

        canary.vanish();

        allServe("1.0.0");
        soon(() ->
                assertThat(canary.accounts.view(BELL).orElseThrow().plugin())
                        .hasToString("chime 1.0.0"));
        assertThat(other.history()).containsExactly("returned 1.1.0", "serving 1.0.0");
    }

    @Test
    @DisplayName("say so where a version cannot serve, and serve on with the one before")
    void behind() throws Exception {
        var canary = member(SHORT);
        var second = jar("1.1.0");
        canary.install(jar("1.0.0"));
        canary.put("bell", "{}");
        canary.install(second);
        allServe("1.1.0");
        soon(() -> assertThat(canary.wanted().version()).isEqualTo("1.1.0"));
        var sha256 = canary.wanted().sha256();

        var careful = member(SHORT, new Trust(List.of(), Set.of(), Set.of(sha256), Set.of(), true));

        assertThat(careful.version()).isEqualTo("1.0.0");
        soon(() -> assertThat(canary.observed()).containsExactly("1.1.0 serving", "1.0.0 behind"));
        assertThat(canary.rollouts.observed().getLast().reason()).contains("revoked");
        assertThat(careful.plugins.refusals().getFirst().reason())
                .contains("version 1.0.0 serves on");
        assertThat(careful.accounts.find(BELL)).isInstanceOf(Found.Open.class);
        assertThat(careful.history()).hasSize(2);

        canary.install(jar("1.2.0"));
        allServe("1.2.0");
        assertThat(careful.plugins.refusals()).isEmpty();
    }

    @Test
    @DisplayName("hold an account down that they cannot open, until they can")
    void downUntilThere() throws Exception {
        var one = member(SHORT);
        var first = jar("1.0.0");
        one.install(first);
        soon(() -> assertThat(one.rollouts.wanted("chime")).isPresent());
        var stranger =
                member(
                        SHORT,
                        new Trust(
                                List.of(),
                                Set.of(),
                                Set.of(one.wanted().sha256()),
                                Set.of(),
                                true));
        one.put("bell", "{}");
        soon(() ->
                assertThat(stranger.accounts.find(BELL))
                        .isInstanceOfSatisfying(
                                Found.Down.class,
                                down -> assertThat(down.why()).contains("no plugin brings")));

        one.install(jar("1.1.0"));

        allServe("1.1.0");
        soon(() -> assertThat(open(stranger)).isPresent());
    }

    @Test
    @DisplayName("let one of two versions in that come to two of them at once")
    void twoVersionsAtOnce() throws Exception {
        var one = member(SHORT);
        var other = member(SHORT);
        one.install(jar("1.0.0"));
        allServe("1.0.0");
        var lower = jar("1.1.0");
        var higher = jar("1.2.0");

        var taken = together(() -> taken(one, lower), () -> taken(other, higher));

        assertThat(taken).containsExactlyInAnyOrder(true, false);
        allServe(taken.getFirst() ? "1.1.0" : "1.2.0");
        soon(() -> assertThat(one.wanted().watched()).isNull());
    }

    @Test
    @DisplayName("give a channel to one of two new plugins that come to two of them at once")
    void twoPluginsAtOnce() throws Exception {
        var one = member(SHORT);
        var other = member(SHORT);
        var chime = jar("1.0.0");
        var rival = jar("rival", "1.0.0");

        var taken = together(() -> taken(one, chime), () -> taken(other, rival));

        assertThat(taken).containsExactlyInAnyOrder(true, false);
        var winner = taken.getFirst() ? "chime" : "rival";
        var loser = taken.getFirst() ? "rival" : "chime";
        soon(() -> {
            assertThat(members).extracting(each -> each.version(winner)).containsOnly("1.0.0");
            assertThat(members).extracting(each -> each.version(loser)).containsOnly("none");
        });
    }

    @Test
    @DisplayName("agree when one removes a plugin while the other changes it")
    void removedMeanwhile() throws Exception {
        var one = member(SHORT);
        var other = member(SHORT);
        one.install(jar("1.0.0"));
        allServe("1.0.0");
        var next = jar("1.1.0");

        var done =
                together(
                        () -> taken(one, next),
                        () -> {
                            try {
                                other.rollouts.remove("chime", "op");
                                return true;
                            } catch (RolloutRefused refused) {
                                return false;
                            }
                        });

        assertThat(done).containsExactlyInAnyOrder(true, false);
        allServe(done.getFirst() ? "1.1.0" : "none");
    }

    @Test
    @DisplayName("serve what is wanted when they start, whatever older jar lies in their folder")
    void startsLater() throws Exception {
        var one = member(SHORT);
        var first = jar("1.0.0");
        one.install(first);
        one.install(jar("1.1.0"));
        soon(() -> assertThat(one.wanted().version()).isEqualTo("1.1.0"));
        var plugins = Files.createDirectories(folder.resolve("member-1").resolve("plugins"));
        Files.copy(first, plugins.resolve("chime.jar"));

        var late = member(SHORT);

        assertThat(late.version()).isEqualTo("1.1.0");
        soon(() -> assertThat(one.observed()).containsExactly("1.1.0 serving", "1.1.0 serving"));
    }

    @Test
    @DisplayName("take up the same jars from their folders at the same time, and each once")
    void sameFolders() throws Exception {
        var first = jar("1.0.0");
        var second = jar("1.1.0");
        var folders = List.of(folder.resolve("left"), folder.resolve("right"));
        for (var each : folders) {
            Files.copy(
                    first, Files.createDirectories(each.resolve("plugins")).resolve("chime.jar"));
        }

        members.addAll(
                together(
                        () ->
                                new Companion(
                                        database,
                                        folders.getFirst(),
                                        alive,
                                        Companion.ANYTHING,
                                        SHORT),
                        () ->
                                new Companion(
                                        database,
                                        folders.getLast(),
                                        alive,
                                        Companion.ANYTHING,
                                        SHORT)));

        allServe("1.0.0");
        assertThat(members.getFirst().history()).containsExactly("serving 1.0.0");
        for (var each : folders) {
            Files.copy(second, each.resolve("plugins").resolve("later.jar"));
        }
        allServe("1.1.0");
        soon(() ->
                assertThat(members.getFirst().history())
                        .containsExactly("serving 1.1.0", "serving 1.0.0"));
    }
}
