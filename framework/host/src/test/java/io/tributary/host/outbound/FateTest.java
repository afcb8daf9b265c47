package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.host.journal.Unit;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.spi.Account;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Whatever the provider answers, whenever the member dies and the journal refuses: every reply
/// that was taken comes to exactly one end, in the order of its conversation, and the provider
/// never gets it twice.
final class FateTest {

    private static final int ROUNDS = Integer.getInteger("tributary.outbound.rounds", 25);
    private static final long FIRST_SEED = Long.getLong("tributary.outbound.seed", 1);
    private static final int CONVERSATIONS = 5;
    private static final int REPLIES = 5;
    private static final int MOST_CRASHES = 5;

    @TestFactory
    Stream<DynamicTest> everyReplyComesToOneEnd() {
        return IntStream.range(0, ROUNDS)
                .mapToLong(round -> FIRST_SEED + round)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> round(seed)));
    }

    private static void round(long seed) throws Exception {
        var clock = new FastClock(1_000);
        try (var journals = new Journals(clock)) {
            var round = new Round(seed, journals, clock);
            round.play();
            round.check();
        }
    }

    /// What the provider really got.
    private record Taken(ConversationId conversation, String key) {}

    private static final class Round {
        private final Random random;
        private final Journals journals;
        private final InstantSource clock;
        private final boolean reconciles;
        private final List<Taken> ledger = new ArrayList<>();
        private final List<Interaction> replies = new ArrayList<>();
        private final Set<String> parked = ConcurrentHashMap.newKeySet();
        private Member member;
        private int crashes;
        private boolean crashed;

        Round(long seed, Journals journals, InstantSource clock) {
            this.random = new Random(seed);
            this.journals = journals;
            this.clock = clock;
            this.reconciles = random.nextBoolean();
            this.member = run();
        }

        private Member run() {
            var channel = new ScriptedChannel();
            Account account =
                    reconciles ? new ScriptedChannel.Reconciling(channel, this::lookUp) : channel;
            var started = new Member(journals.journal(), clock, account);
            channel.answers(message -> send(started, message));
            var frailty = new Random(random.nextLong());
            started.journal.refuse(_ -> frailty.nextInt(100) < 4);
            return started.start();
        }

        void play() throws InterruptedException {
            var conversations = new ArrayList<ConversationId>();
            try (var begin = new Member(journals.journal(), clock, new ScriptedChannel())) {
                for (int i = 0; i < CONVERSATIONS; i++) {
                    conversations.add(begin.conversation("10" + i));
                }
            }
            for (int i = 0; i < REPLIES; i++) {
                for (var conversation : conversations) {
                    replies.add(post(conversation, "key " + replies.size()));
                }
            }
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        current().dispatchers.release(TestAccount.ID);
                        return journals.journal().outbox().pending(TestAccount.ID, 0, 1).isEmpty();
                    });
            current().close();
        }

        /// An agent app that repeats its request until it is answered.
        private Interaction post(ConversationId conversation, String key)
                throws InterruptedException {
            boolean two = random.nextInt(4) == 0;
            var draft =
                    (two ? Member.draft(Content.text("a"), Content.text("b")) : Member.text("a"))
                            .timeToLive(
                                    random.nextInt(5) == 0
                                            ? Duration.ofSeconds(30)
                                            : Duration.ofHours(10))
                            .idempotency(new Draft.Idempotency("agent", key, key));
            while (true) {
                try {
                    return current().taken(Reply.of(conversation, draft));
                } catch (JournalUnavailable _) {
                    Thread.onSpinWait();
                } catch (AssertionError refused) {
                    if (!refused.getMessage().contains("switched off")) {
                        throw refused;
                    }
                }
            }
        }

        /// The run that is alive; a crashed one is followed by the next.
        private synchronized Member current() {
            if (crashed) {
                crashed = false;
                member = run();
            }
            return member;
        }

        private synchronized void crash(Member of) {
            crashes++;
            crashed = true;
            of.crash();
        }

        private synchronized SendResult send(Member by, OutboundMessage message) {
            if (by != member || crashed) {
                throw new IllegalStateException("this run is over");
            }
            int dice = random.nextInt(100);
            if (dice < 40) {
                return take(message);
            } else if (dice < 50) {
                take(message);
                return SendResult.unknown("no-answer", "cut after it was taken");
            } else if (dice < 55) {
                take(message);
                throw new IllegalStateException("bug after it was taken");
            } else if (dice < 63) {
                return SendResult.unknown("no-answer", "cut before it was taken");
            } else if (dice < 75) {
                return SendResult.retry("busy", "later");
            } else if (dice < 80) {
                return SendResult.retry(Duration.ofSeconds(5), Scope.ACCOUNT, "429", "slower");
            } else if (dice < 85) {
                return SendResult.rejected("no", "never");
            } else if (dice < 87) {
                return SendResult.accountStopped("401", "who are you?");
            } else if (crashes >= MOST_CRASHES) {
                return take(message);
            } else if (dice < 93) {
                crash(by);
                throw new IllegalStateException("died before it was taken");
            } else {
                take(message);
                crash(by);
                throw new IllegalStateException("died after it was taken");
            }
        }

        private SendResult take(OutboundMessage message) {
            ledger.add(new Taken(message.conversation().id(), message.key()));
            switch (random.nextInt(4)) {
                case 0 -> report(message);
                case 1 -> Thread.startVirtualThread(() -> park("x-" + message.key()));
                default -> {
                    // this one is reported later, or never
                }
            }
            return SendResult.accepted("x-" + message.key());
        }

        /// Some receipts come at once, by the key, before the answer is written down.
        private void report(OutboundMessage message) {
            try {
                member.receipt(
                        message.conversation().id(),
                        message.id(),
                        Content.receipt(Status.DELIVERED));
            } catch (java.util.concurrent.CompletionException lost) {
                assertThat(lost).hasCauseInstanceOf(JournalUnavailable.class);
            }
        }

        /// Others come by the provider's id, which may be known only a moment later.
        private void park(String externalId) {
            parked.add(externalId);
            journals.journal()
                    .append(
                            Unit.of(
                                    List.of(
                                            new Expect.ReferenceUnknown(
                                                    TestAccount.ID, externalId)),
                                    List.of(
                                            new Change.Park(
                                                    TestAccount.ID,
                                                    externalId,
                                                    clock.instant(),
                                                    Bytes.utf8(Status.READ.name())))))
                    .join();
        }

        /// Never wrong, but not always able to tell.
        private synchronized SendResult lookUp(OutboundMessage message) {
            if (random.nextInt(3) == 0) {
                return SendResult.unknown("not-yet", "cannot tell");
            }
            boolean taken = ledger.stream().anyMatch(one -> one.key().equals(message.key()));
            return taken
                    ? SendResult.accepted("x-" + message.key())
                    : SendResult.retry("absent", "it never came");
        }

        synchronized void check() {
            assertThat(new HashSet<>(replies)).hasSize(CONVERSATIONS * REPLIES);
            var sends = new HashMap<String, Outbox.Send>();
            for (var reply : replies) {
                for (var send : journals.journal().outbox().of(reply.id())) {
                    sends.put(send.key(), send);
                }
            }
            assertThat(ledger).as("nothing twice").doesNotHaveDuplicates();
            sends.values().forEach(this::checkEnd);
            checkOrder(sends);
            checkDeadLetters();
            checkParked();
        }

        /// What waited for an id does not wait any longer once the id is known.
        private void checkParked() {
            var directory = journals.journal().directory();
            for (var externalId : parked) {
                if (directory.reference(TestAccount.ID, externalId).isPresent()) {
                    await().untilAsserted(() ->
                            assertThat(directory.parked(TestAccount.ID, externalId)).isEmpty());
                }
            }
        }

        private void checkEnd(Outbox.Send send) {
            boolean taken = ledger.stream().anyMatch(one -> one.key().equals(send.key()));
            switch (send.state()) {
                case ACCEPTED -> assertThat(taken || reported(send)).as("%s", send).isTrue();
                case REJECTED, EXPIRED -> assertThat(taken).as("%s", send).isFalse();
                case UNKNOWN -> assertThat(send.notBefore()).as("%s", send).isNull();
                case QUEUED, SENDING, HELD -> throw new AssertionError("no end: " + send);
            }
        }

        /// A receipt here is about all parts of a reply, and so settles each of its sends.
        private boolean reported(Outbox.Send send) {
            return journals.journal().outbox().deliveries(send.interaction()).stream()
                    .anyMatch(delivery -> delivery.status() == Status.DELIVERED);
        }

        private void checkOrder(Map<String, Outbox.Send> sends) {
            var last = new HashMap<ConversationId, Long>();
            for (var taken : ledger) {
                long id = java.util.Objects.requireNonNull(sends.get(taken.key())).id();
                var before = last.put(taken.conversation(), id);
                assertThat(before == null || before < id).as("order of %s", taken).isTrue();
            }
        }

        private void checkDeadLetters() {
            var letters =
                    journals
                            .journal()
                            .deadLetters()
                            .page(
                                    DeadLetters.Query.ALL.only(Direction.OUTBOUND).onlyOpen(),
                                    Long.MAX_VALUE,
                                    1_000)
                            .stream()
                            .map(DeadLetters.DeadLetter::interaction)
                            .toList();
            for (var reply : replies) {
                // Later parts that fail with an earlier one are in its letter.
                long failed =
                        journals.journal().outbox().of(reply.id()).stream()
                                .filter(send -> failedByItself(send))
                                .count();
                assertThat(letters.stream().filter(reply.id()::equals).count())
                        .as("%s", reply)
                        .isEqualTo(failed);
                checkReceipts(reply);
            }
        }

        private static boolean failedByItself(Outbox.Send send) {
            boolean failed = send.state() == State.REJECTED || send.state() == State.EXPIRED;
            var reason = send.reason();
            return failed && (reason == null || !reason.code().equals("earlier-part"));
        }

        /// The host speaks once about each send, or the provider has.
        private void checkReceipts(Interaction reply) {
            long sends = journals.journal().outbox().of(reply.id()).size();
            long ours =
                    member.rows().stream()
                            .filter(row -> row.type().equals("receipt"))
                            .filter(row -> row.direction() == Direction.INTERNAL)
                            .map(Bodies::of)
                            .filter(receipt ->
                                    receipt.target()
                                                    instanceof io.tributary.model.Target.Known known
                                            && known.interaction().equals(reply.id()))
                            .count();
            long theirs = member.receipts(reply).size() - ours;
            assertThat(ours).isLessThanOrEqualTo(sends);
            assertThat(ours == sends || theirs > 0).as("%s", reply).isTrue();
        }
    }
}
