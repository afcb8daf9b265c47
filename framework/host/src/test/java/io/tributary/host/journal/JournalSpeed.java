package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.TimeOrderedIds;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/// Measures how fast units become durable, and how that changes as the file grows. A program, not a
/// test: it asserts nothing.
///
/// Arguments: a folder that does not exist yet, how many interactions, how many units wait at a
/// time, how many conversations.
public final class JournalSpeed {

    private static final AccountId ACCOUNT = new AccountId("pager-us");
    private static final ChannelId CHANNEL = new ChannelId("pager");

    private final TimeOrderedIds ids = TimeOrderedIds.system();
    private final Random random = new Random(1);
    private final byte[] body = new byte[300];
    private final List<ConversationId> conversations = new ArrayList<>();
    private long made;

    private JournalSpeed() {
        random.nextBytes(body);
    }

    /// Runs the measurement and prints a line for every tenth.
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        long total = Long.parseLong(arguments[1]);
        int waiting = Integer.parseInt(arguments[2]);
        int conversations = Integer.parseInt(arguments[3]);
        new JournalSpeed().run(folder, total, waiting, conversations);
    }

    private void run(Path folder, long total, int waiting, int conversationCount) {
        try (var journal = SqliteJournal.open(folder, JournalOptions.standard())) {
            open(journal, conversationCount);
            long step = Math.max(20_000, total / 10);
            for (long done = 0; done < total; done += step) {
                long began = System.nanoTime();
                long cpu = writerNanos();
                long io = bytesWritten();
                long written = append(journal, step, waiting);
                double seconds = (System.nanoTime() - began) / 1e9;
                System.out.printf(
                        "%,9d: %,7.0f units/s, writer %.1f us/unit, %.1f units/commit,"
                                + " %,d bytes/unit%n",
                        journal.log().head(),
                        step / seconds,
                        (writerNanos() - cpu) / 1e3 / step,
                        (double) step / written,
                        (bytesWritten() - io) / step);
            }
            read(journal);
            System.out.println(journal.health());
        }
        long began = System.nanoTime();
        SqliteJournal.open(folder, JournalOptions.standard()).close();
        System.out.printf("opened and closed in %d ms%n", (System.nanoTime() - began) / 1_000_000);
    }

    private void open(Journal journal, int count) {
        List<CompletableFuture<Commit>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ConversationId id = ids.conversation();
            CustomerId customer = ids.customer();
            conversations.add(id);
            futures.add(
                    journal.append(
                            Unit.of(
                                    new Change.AddCustomer(customer, null, Instant.now()),
                                    new Change.OpenConversation(
                                            id,
                                            customer,
                                            CHANNEL,
                                            ACCOUNT,
                                            "+1500",
                                            "+1" + i,
                                            null,
                                            null,
                                            Instant.now()))));
            if (futures.size() == 4096) {
                futures.forEach(CompletableFuture::join);
                futures.clear();
            }
        }
        futures.forEach(CompletableFuture::join);
    }

    /// @return how many commits it took
    private long append(Journal journal, long count, int waiting) {
        long[] commits = {0};
        try (var _ = listen(journal, commits)) {
            var futures = new ArrayDeque<CompletableFuture<Commit>>();
            for (long i = 0; i < count; i++) {
                if (futures.size() == waiting) {
                    futures.remove().join();
                }
                futures.add(journal.append(unit()));
            }
            futures.forEach(CompletableFuture::join);
        }
        return commits[0];
    }

    private interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    private static Listening listen(Journal journal, long[] commits) {
        AutoCloseable listening = journal.onCommit(_ -> commits[0]++);
        return () -> {
            try {
                listening.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private Unit unit() {
        ConversationId conversation = conversations.get(random.nextInt(conversations.size()));
        InteractionId id = ids.interaction();
        Instant now = Instant.now();
        String external = "SM" + made++ + "-" + random.nextLong();
        return new Unit(
                List.of(
                        new Item(
                                new Item.Once(ACCOUNT, "token-" + external),
                                List.of(
                                        new Expect.ConversationOpen(conversation),
                                        new Expect.NothingParked(ACCOUNT, external),
                                        new Expect.NothingParked(ACCOUNT, external + "-2")),
                                List.of(
                                        new Change.Append(
                                                id,
                                                conversation,
                                                new CustomerId(conversation.value()),
                                                CHANNEL,
                                                ACCOUNT,
                                                Direction.INBOUND,
                                                "text",
                                                Change.Weight.FROM_CUSTOMER,
                                                now,
                                                Bytes.wrap(body)),
                                        new Change.KeepRaw(
                                                ACCOUNT,
                                                CHANNEL,
                                                "message",
                                                Map.of("line", "+1500"),
                                                Bytes.wrap(body),
                                                now,
                                                false),
                                        new Change.BindReference(ACCOUNT, external, id, 1)))));
    }

    private void read(Journal journal) {
        for (int round = 0; round < 3; round++) {
            long began = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                ConversationId id = conversations.get(random.nextInt(conversations.size()));
                journal.conversations().interactionsBefore(id, Long.MAX_VALUE, 50);
            }
            long pages = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                journal.conversations()
                        .page(
                                new Conversations.Query(
                                        java.util.Set.of(), null, true, java.util.Set.of(), null),
                                Long.MAX_VALUE,
                                50);
            }
            long lists = System.nanoTime();
            System.out.printf(
                    "conversation page %.0f us, list %.0f us%n",
                    (pages - began) / 1e6, (lists - pages) / 1e6);
        }
    }

    /// As the operating system counts it for this process; 0 where it does not.
    private static long bytesWritten() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/io"))) {
                if (line.startsWith("wchar: ")) {
                    return Long.parseLong(line.substring(7));
                }
            }
        } catch (java.io.IOException e) {
            System.err.println("bytes are not counted here: " + e.getMessage());
        }
        return 0;
    }

    private static long writerNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().equals("journal-writer")) {
                return threads.getThreadCpuTime(info.getThreadId());
            }
        }
        return 0;
    }
}
