package io.tributary.host.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.host.accounts.SlotLeases.SlotLease;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.Membership;
import io.tributary.host.journal.Membership.NameTaken;
import io.tributary.host.journal.Membership.State;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.PostgresJournal;
import io.tributary.host.journal.TestServer;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.Wire;
import io.tributary.model.AccountId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who runs what, of several members over one real database.
final class OwnershipIT {

    private static final OwnershipPace PACE = OwnershipPace.lasting(Duration.ofSeconds(2));
    private static final AccountId SOLO = new AccountId("solo");
    private static final AccountId WIDE = new AccountId("wide");

    @TempDir Path folder;

    private final PostgresAddress database = TestServer.database();
    private final List<One> all = new ArrayList<>();

    @AfterEach
    void close() {
        all.forEach(One::close);
        TestServer.drop(database);
    }

    private One member(String name, Map<AccountId, Integer> able) throws Exception {
        return member(name, "home of " + name, able, PACE);
    }

    private One member(String name, String home, Map<AccountId, Integer> able, OwnershipPace pace)
            throws Exception {
        var one = new One(name, home, able, pace, folder.resolve(name + all.size()), database);
        all.add(one);
        one.ownership.join();
        return one;
    }

    @Test
    @DisplayName("a member that is the only one runs all that it can, under epochs that grow")
    void alone() throws Exception {
        One ada = member("ada", Map.of(SOLO, 1, WIDE, 3));
        await().until(() -> ada.slots().size() == 4);
        assertThat(ada.slots().values()).doesNotHaveDuplicates().allMatch(epoch -> epoch > ada.run);
        assertThat(ada.told).contains(SOLO, WIDE);
        assertThat(ada.ownership.runsElsewhere(ada.run)).isFalse();
        assertThat(ada.journal.membership().orElseThrow().all())
                .singleElement()
                .satisfies(seen -> {
                    assertThat(seen.name()).isEqualTo("ada");
                    assertThat(seen.state()).isEqualTo(State.READY);
                    assertThat(seen.slots()).hasSize(4);
                    assertThat(seen.left()).isPositive();
                });
    }

    @Test
    @DisplayName("one that comes gets its share, after whoever runs it has left, not before")
    void share() throws Exception {
        var eager =
                new OwnershipPace(
                        PACE.lasts(),
                        PACE.every(),
                        PACE.before(),
                        PACE.patience(),
                        Duration.ofMillis(500),
                        PACE.drain());
        One ada = member("ada", "a", Map.of(WIDE, 4), eager);
        await().until(() -> ada.slots().size() == 4);
        ada.leaves = false;
        One bea = member("bea", "b", Map.of(WIDE, 4), eager);
        await().until(() -> ada.slots().size() == 2);
        // two are to be left, and are still ada's
        assertThat(ada.kept.values()).hasSize(4).allMatch(SlotLease::held);
        assertThat(bea.slots()).isEmpty();
        ada.leaves = true;
        ada.leave(WIDE);
        await().until(() -> bea.slots().size() == 2);
        assertThat(ada.slots()).hasSize(2);
        assertThat(ada.slots().keySet()).doesNotContainAnyElementsOf(bea.slots().keySet());
    }

    @Test
    @DisplayName(
            "of four slots three members have at most two each, and nothing moves any more then")
    void settles() throws Exception {
        var eager =
                new OwnershipPace(
                        PACE.lasts(),
                        PACE.every(),
                        PACE.before(),
                        PACE.patience(),
                        Duration.ofMillis(500),
                        PACE.drain());
        One ada = member("ada", "a", Map.of(WIDE, 4), eager);
        await().until(() -> ada.slots().size() == 4);
        One bea = member("bea", "b", Map.of(WIDE, 4), eager);
        await().until(() -> ada.slots().size() == 2 && bea.slots().size() == 2);
        One cy = member("cy", "c", Map.of(WIDE, 4), eager);
        await().until(() -> !cy.slots().isEmpty());
        await().until(() -> ada.slots().size() + bea.slots().size() + cy.slots().size() == 4);
        long before = last();
        await().pollDelay(PACE.lasts()).until(() -> true);
        assertThat(last()).isEqualTo(before);
        assertThat(List.of(ada.slots(), bea.slots(), cy.slots()))
                .allMatch(each -> !each.isEmpty() && each.size() <= 2);
    }

    /// The newest epoch that any of them has.
    private long last() {
        return all.stream()
                .flatMap(each -> each.slots().values().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    @Test
    @DisplayName("what a member that is cut off ran is others' in time, and never run by two")
    void cutOff() throws Exception {
        try (Wire wire = Wire.to(database)) {
            var ada =
                    new One(
                            "ada",
                            "a",
                            Map.of(SOLO, 1),
                            PACE,
                            folder.resolve("a"),
                            wire.through(database));
            all.add(ada);
            ada.ownership.join();
            await().until(() -> ada.slots().size() == 1);
            long first = ada.slots().get("solo 0");
            One bea = member("bea", Map.of(SOLO, 1));
            assertThat(bea.slots()).isEmpty();

            wire.cut();
            long cut = System.nanoTime();
            while (bea.slots().isEmpty()) {
                boolean there = bea.holds(SOLO);
                // in this order: once the second has it, the first has it no more
                assertThat(there && ada.holds(SOLO)).isFalse();
                assertThat(Duration.ofNanos(System.nanoTime() - cut))
                        .isLessThan(PACE.lasts().multipliedBy(4));
            }
            assertThat(ada.holds(SOLO)).isFalse();
            assertThat(bea.slots().get("solo 0")).isGreaterThan(first);
            assertThat(bea.append(new Expect.SlotIs(SOLO, 0, first))).isFalse();
            assertThat(bea.append(new Expect.SlotIs(SOLO, 0, bea.slots().get("solo 0")))).isTrue();
            assertThat(bea.ownership.runsElsewhere(ada.run)).isFalse();

            wire.mend();
            await().until(() -> bea.ownership.runsElsewhere(ada.run));
            assertThat(ada.slots()).isEmpty();
        }
    }

    @Test
    @DisplayName("a member that ends leaves first, and the others take up at once")
    void ends() throws Exception {
        One ada = member("ada", Map.of(SOLO, 1));
        await().until(() -> ada.holds(SOLO));
        One bea = member("bea", Map.of(SOLO, 1));
        ada.leaves = false;
        var lease = ada.kept.get("solo 0");
        Thread closing = Thread.ofVirtual().start(ada.ownership::close);
        await().until(() -> !ada.holds(SOLO));
        // it is to be left, and still its own
        assertThat(lease.held()).isTrue();
        assertThat(bea.holds(SOLO)).isFalse();
        lease.giveBack();
        closing.join();
        await().until(() -> bea.holds(SOLO));
        assertThat(bea.journal.membership().orElseThrow().all())
                .extracting(Membership.Member::name)
                .containsExactly("bea");
    }

    @Test
    @DisplayName("only who can run an account is given it")
    void able() throws Exception {
        One ada = member("ada", Map.of());
        One bea = member("bea", Map.of(SOLO, 1, WIDE, 3));
        await().until(() -> bea.slots().size() == 4);
        assertThat(ada.slots()).isEmpty();
        bea.able = Map.of(WIDE, 3);
        ada.able = Map.of(SOLO, 1);
        await().until(() -> ada.holds(SOLO));
        assertThat(bea.slots()).hasSize(3);
    }

    @Test
    @DisplayName("of two members with one name the later one is refused, but not by its own past")
    void names() throws Exception {
        One ada = member("ada", "here", Map.of(SOLO, 1), PACE);
        await().until(() -> ada.holds(SOLO));
        assertThatThrownBy(() -> member("ada", "elsewhere", Map.of(), PACE))
                .isInstanceOf(NameTaken.class)
                .hasMessageContaining("ada")
                .hasMessageContaining("http://ada");
        // as after a crash: the row of the run before is still there
        One next = member("ada", "here", Map.of(SOLO, 1), PACE);
        await().until(() -> next.holds(SOLO));
        assertThat(next.slots().get("solo 0")).isGreaterThan(ada.run);
    }

    /// A member with nothing but its ownership, which runs whatever it is given.
    private static final class One implements Ownership.Surroundings, AutoCloseable {

        private final String name;
        private final PostgresJournal journal;
        private final long run;
        private final Ownership ownership;
        private final List<AccountId> told = new CopyOnWriteArrayList<>();
        private volatile Map<AccountId, Integer> able;
        private final Map<String, SlotLease> kept = new ConcurrentHashMap<>();
        private volatile boolean leaves = true;

        One(
                String name,
                String home,
                Map<AccountId, Integer> able,
                OwnershipPace pace,
                Path data,
                PostgresAddress address)
                throws Exception {
            this.name = name;
            this.able = able;
            this.journal =
                    PostgresJournal.share(
                            address, Files.createDirectories(data), JournalOptions.standard());
            this.run = journal.nextEpoch();
            this.ownership =
                    new Ownership(
                            journal.membership().orElseThrow(),
                            new Membership.Self(run, name, home, "1.0.0"),
                            this,
                            pace);
            ownership.whenChanged(account -> {
                told.add(account);
                leave(account);
            });
        }

        /// As whoever runs a slot does: takes note of what is its own, and gives back what it is to
        /// leave.
        private synchronized void leave(AccountId account) {
            for (int number = 0; number < 4; number++) {
                String slot = account.value() + " " + number;
                var now = ownership.epoch(account, number);
                if (now.isPresent() && !kept.containsKey(slot)) {
                    ownership.take(account, number).ifPresent(lease -> kept.put(slot, lease));
                }
                var before = kept.get(slot);
                if (now.isEmpty() && before != null && (leaves || !before.held())) {
                    kept.remove(slot);
                    before.giveBack();
                }
            }
        }

        boolean holds(AccountId account) {
            return ownership.epoch(account, 0).isPresent();
        }

        Map<String, Long> slots() {
            Map<String, Long> slots = new TreeMap<>();
            for (var account : List.of(SOLO, WIDE)) {
                for (int slot = 0; slot < 4; slot++) {
                    String place = account.value() + " " + slot;
                    ownership.epoch(account, slot).ifPresent(epoch -> slots.put(place, epoch));
                }
            }
            return slots;
        }

        /// Whether what is written under the expectation is stored.
        boolean append(Expect expect) {
            return journal.append(Unit.of(List.of(expect), List.of())).join()
                    instanceof Commit.Done;
        }

        @Override
        public Map<AccountId, Integer> accounts() {
            return able;
        }

        @Override
        public @Nullable List<String> lacks() {
            return List.of();
        }

        @Override
        public String url() {
            return "http://" + name;
        }

        @Override
        public String grid() {
            return "";
        }

        @Override
        public void close() {
            ownership.close();
            journal.close();
        }
    }
}
