package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds the member still that sends for the account (SIGSTOP), and lets it go on as if no time had
/// passed.
final class StandstillIT {

    private static final Duration TAKEN_UP = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir Path folder;

    @Test
    @DisplayName(
            "a member that stood still for 5 and for 30 s: others send within 10 s, and what it then says counts no more")
    void woken() throws Exception {
        try (Database database = Database.start(folder);
                Handset handset = Handset.open();
                Besieged besieged = Besieged.begin(database, handset, folder)) {
            int first = besieged.owner();
            hold(besieged.members().number(first));
            heldFor(Duration.ofSeconds(5));
            besieged.members().number(first).wake();
            besieged.served(500);
            besieged.answered(20);

            int owner = besieged.owner();
            Member held = besieged.members().number(owner);
            // what it is about to be answered is in its hands when it stands still
            int before = handset.arrivals().size();
            handset.keepSilent();
            await().atMost(PATIENCE).until(() -> arrived(handset, besieged, owner, before));
            hold(held);
            long began = System.nanoTime();
            String open = inDoubt(database);
            assertThat(open).as("sends that it has begun").isNotEmpty();
            Member other = other(besieged, owner);
            await().atMost(TAKEN_UP)
                    .until(() -> besieged.owner(other) != owner && besieged.owner(other) >= 0);
            Duration taken = Duration.ofNanos(System.nanoTime() - began);
            Tenure next = database.tenures().getLast();
            assertThat(next.member()).isNotEqualTo(Fleet.name(owner));
            handset.speak();
            await().atMost(PATIENCE)
                    .until(() ->
                            handset.arrivals().stream()
                                    .anyMatch(each ->
                                            besieged.members().ofProcess(each.process()) != owner
                                                    && each.at().isAfter(next.from())));
            Duration sending = Duration.ofNanos(System.nanoTime() - began);
            System.out.printf(
                    "taken up after %d ms, sent by another after %d ms%n",
                    taken.toMillis(), sending.toMillis());
            // one reply more has to come and to go, after the slot was taken up
            assertThat(sending).isLessThan(TAKEN_UP.plusSeconds(5));
            heldFor(Duration.ofSeconds(30).minus(sending));
            assertThat(held.still()).as("it stands still all the time").isTrue();
            held.wake();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(held.notReady()).isEmpty());
            assertThat(held.logged()).contains("the member was given up meanwhile");
            besieged.served(500);
            besieged.answered(20);
            // looked up by who took it over, told late by who was held, or honestly unknown: what
            // had not left the process when it was held
            settled(database, open);
            besieged.end("stood still");
        }
    }

    private static void hold(Member member) {
        member.hold();
        await().atMost(PATIENCE).until(member::still);
    }

    /// The fault itself lasts that long.
    private static void heldFor(Duration time) {
        await().pollDelay(time).atMost(time.plus(PATIENCE)).until(() -> true);
    }

    private static boolean arrived(Handset handset, Besieged besieged, int owner, int before) {
        return handset.arrivals().stream()
                .skip(before)
                .anyMatch(each -> besieged.members().ofProcess(each.process()) == owner);
    }

    private static Member other(Besieged besieged, int owner) {
        return besieged.members().number((owner + 1) % Fleet.MEMBERS);
    }

    /// The sends that were written down as begun, by their ids.
    private static String inDoubt(Database database) throws Exception {
        return String.join(", ", database.ask("select id from outbox where state = 'SENDING'"));
    }

    private static void settled(Database database, String sends) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        database.ask(
                                                "select state from outbox where id in (%s)"
                                                        .formatted(sends)))
                                .isNotEmpty()
                                .isSubsetOf("ACCEPTED", "UNKNOWN"));
    }
}
