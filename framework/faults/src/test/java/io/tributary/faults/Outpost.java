package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.bench.Webhooks;
import io.tributary.twilio.simulator.Options;
import io.tributary.twilio.simulator.Simulator;
import io.tributary.twilio.simulator.Submission;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/// A member that sends many messages through a provider where much goes wrong, and what became of
/// them.
final class Outpost implements AutoCloseable {

    /// The channel's own.
    private static final int AT_ONCE = 16;

    private final Members members;
    private final Simulator provider;
    private final int perSecond;
    private @Nullable Campaign campaign;
    private final List<Long> kills = new ArrayList<>();

    private Outpost(Members members, Simulator provider, int perSecond) {
        this.members = members;
        this.provider = provider;
        this.perSecond = perSecond;
    }

    /// @param perSecond what the account's settings allow
    static Outpost begin(Path folder, int perSecond, Map<String, String> environment)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("TRIBUTARY_EGRESS_ALLOW", "127.0.0.0/8");
        Launch launch = Places.launch(folder).with(all).on(freePorts());
        var provider =
                Simulator.start(
                        new Options()
                                .account(Webhooks.ACCOUNT_SID, Webhooks.AUTH_TOKEN)
                                .numbers(Webhooks.NUMBER));
        var outpost = new Outpost(new Members(List.of(launch), Front.NONE), provider, perSecond);
        try {
            outpost.members.first();
            outpost.members.any().sendsThrough(provider.url(), perSecond);
            return outpost;
        } catch (IOException | InterruptedException failed) {
            outpost.close();
            throw failed;
        }
    }

    /// Two in a row that nobody has, below those that the system gives to whoever asks: they are to
    /// be free at each start.
    private static int freePorts() throws IOException {
        var random = new Random();
        while (true) {
            int port = 20_000 + 2 * random.nextInt(5_000);
            if (isFree(port) && isFree(port + 1)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    Simulator provider() {
        return provider;
    }

    Members members() {
        return members;
    }

    int kills() {
        return kills.size();
    }

    Campaign campaign(Campaign.Size size) {
        var begun = new Campaign(members.places(), size);
        campaign = begun;
        begun.begin();
        return begun;
    }

    private Campaign campaign() {
        if (campaign == null) {
            throw new IllegalStateException("nobody writes anything");
        }
        return campaign;
    }

    /// Kills the member.
    void kill() throws InterruptedException {
        members.killAll();
        kills.add(System.nanoTime());
    }

    /// Starts it on what it left.
    void restart() throws IOException, InterruptedException {
        members.startAll();
    }

    /// Waits until the outbox is empty.
    ///
    /// @return false: it is not after that time
    boolean isEmptyWithin(Duration most) {
        try {
            await().atMost(most)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> campaign().over() && waiting() == 0);
            return true;
        } catch (ConditionTimeoutException notYet) {
            return false;
        }
    }

    /// Sends that may go out yet.
    private long waiting() throws IOException, InterruptedException {
        return sends("queued|sending|held");
    }

    /// How many sends are in one of these states.
    ///
    /// @param states a regular expression
    long sends(String states) throws IOException, InterruptedException {
        String metrics = members.any().get("/metrics").body();
        return metrics.lines()
                .filter(line -> line.startsWith("tributary_outbound_sends{"))
                .filter(line -> line.matches(".*\"(" + states + ")\".*"))
                .mapToLong(
                        line -> (long) Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
                .sum();
    }

    /// Waits until each message has a fate, and compares them with what the provider has.
    List<Violation> end(Duration most) throws IOException, InterruptedException {
        List<Reply> replies = campaign().taken();
        try {
            await().atMost(most)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> isSettled(replies));
        } catch (ConditionTimeoutException open) {
            // said below, each by itself
        }
        var told = provider.callbacks();
        List<Row> log = members.any().log();
        List<String> dead = members.any().deadLetters();
        var seen = provider.begun();
        System.out.printf(
                "%d messages, %d kills: %s; the provider was asked %d times, %d of them went wrong, it took %d; at most %d at once%n",
                replies.size(),
                kills(),
                Fates.count(replies, log, dead),
                seen.size(),
                seen.stream().filter(each -> each.fault() != null).count(),
                provider.sent().size(),
                Allowance.mostAtOnce(seen, kills));
        assertThat(campaign().over()).as("everything was taken").isTrue();
        List<Violation> found = new ArrayList<>(Fates.check(replies, log, dead, provider.sent()));
        found.addAll(Checker.check(new History(List.of(), Set.of(), 0), replies, log, Map.of()));
        found.addAll(Fates.untold(replies, log, provider.sent(), told));
        found.addAll(Fates.unexplained(replies, log, causes(seen)));
        found.addAll(new Allowance(perSecond, AT_ONCE).check(seen, kills));
        return found;
    }

    private boolean isSettled(List<Reply> replies) throws IOException, InterruptedException {
        var told = provider.callbacks();
        List<Row> log = members.any().log();
        return Fates.open(replies, log).isEmpty()
                && Fates.untold(replies, log, provider.sent(), told).isEmpty();
    }

    /// What may have kept the member from knowing what became of a message.
    private long causes(List<Submission> seen) {
        return kills.size() * AT_ONCE
                + seen.stream().filter(each -> Misfortune.leavesOpen(each.fault())).count();
    }

    @Override
    public void close() {
        var writing = campaign;
        try (provider;
                members;
                writing) {
            // in reverse, each even where another fails
        }
    }
}
