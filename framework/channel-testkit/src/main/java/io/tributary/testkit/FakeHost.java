package io.tributary.testkit;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Signal;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.MediaStore;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.State;
import io.tributary.spi.WebhookRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/// A host that fits into a test and keeps the real one's rules: calls on virtual threads with the
/// SPI's deadlines, verify before translate before keep, each key once, dead letters, versioned
/// state, real HTTP to the loopback alone; one connection per slot and one socket per device. Time
/// stands still until [#advance(Duration)].
///
/// It has one account, [#ACCOUNT]. What is opened one after another (or side by side, as at an
/// upgrade) shares its state and what it keeps, as the members of a cluster do. What targets are
/// about, conversations and customers are the real host's business: they are not decided here.
public final class FakeHost implements AutoCloseable {

    /// The one account.
    public static final AccountId ACCOUNT = AccountId.of("account-under-test");

    /// Where the host is, as the world sees it.
    public static final URI PUBLIC = URI.create("https://tributary.example/");

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration HTTP_PATIENCE = Duration.ofSeconds(10);

    private final MovableClock clock = new MovableClock(START);
    private final FakeState state = new FakeState(clock);
    private final FakeJournal journal = new FakeJournal(state);
    private final FakeHttp http;
    private final FakeMediaStore media = new FakeMediaStore();
    private final FakeLog log = new FakeLog();
    private final FakeMetrics metrics = new FakeMetrics();
    private final List<Health> health = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Presence presence = new Presence();
    private final List<Signal> signals = new CopyOnWriteArrayList<>();
    private final AtomicBoolean losing = new AtomicBoolean();
    private volatile @Nullable Recorder recorder;

    /// A host that waits ten seconds for a provider.
    public FakeHost() {
        this(HTTP_PATIENCE);
    }

    /// A host that waits this long for a provider's whole answer.
    public FakeHost(Duration patience) {
        this(new FakeHttp(patience));
    }

    /// A host that calls by this, and closes it when it is closed.
    FakeHost(FakeHttp http) {
        this.http = http;
    }

    /// Where a provider posts for the account.
    ///
    /// @param path what follows the door; empty for the door itself
    public static URI webhookUrl(String path) {
        return url("webhook", path);
    }

    /// How a device asks to connect, from this machine and without headers.
    ///
    /// @param path what follows the door; empty for the door itself
    /// @param subprotocols what it offers, in order of preference
    public static DeviceHandshake handshake(
            String path, Map<String, String> query, String... subprotocols) {
        return new DeviceHandshake(path, query, Map.of(), List.of(subprotocols), "127.0.0.1", null);
    }

    /// A context for an account that a test opens and calls by itself. Nothing is forbidden in its
    /// calls.
    public AccountContext context(TestSettings settings) {
        return new FakeContext(this, settings);
    }

    /// Opens an account as the host does: its calls have deadlines and may touch what the SPI
    /// allows.
    ///
    /// @throws Exception what the channel threw
    public HostedAccount open(Channel channel, TestSettings settings) throws Exception {
        return HostedAccount.open(this, channel, settings);
    }

    /// Keeps every webhook that is acknowledged and every call that is answered from now on.
    public FakeHost recordingInto(Recorder into) {
        recorder = into;
        return this;
    }

    /// The time, which stands still.
    public MovableClock clock() {
        return clock;
    }

    /// Lets time pass: state expires, and wholes whose patience is over are translated.
    public void advance(Duration by) {
        clock.advance(by);
        journal.gatherOverdue(clock.instant());
    }

    /// Makes the store refuse what is to be stored, state included, or work again.
    public void storeUnavailable(boolean now) {
        journal.unavailable(now);
        state.unwritable(now);
    }

    /// Makes state unreadable, or readable again.
    public void stateUnreadable(boolean now) {
        state.unreadable(now);
    }

    /// Has the next event that a connection or device delivers stored, and the answer lost: as when
    /// the member ends in between.
    public void loseNextAnswer() {
        losing.set(true);
    }

    /// Puts the file for which a session asked, as its device would.
    public void upload(DeviceLink.Upload permitted, Bytes file) {
        media.put(permitted.media(), file);
    }

    /// What is kept, in the order of the log.
    public List<Stored> stored() {
        return journal.stored();
    }

    /// What could not be translated.
    public List<DeadLetter> deadLetters() {
        return journal.deadLetters();
    }

    /// The account's state.
    public State state() {
        return state;
    }

    /// The account's media.
    public MediaStore media() {
        return media;
    }

    /// Every HTTP call, those that were refused too.
    public List<Http.Call> calls() {
        return http.calls();
    }

    /// Everything that was logged.
    public List<LogLine> logged() {
        return log.lines();
    }

    /// How often each figure was counted, or timed.
    public Map<String, Long> counted() {
        return metrics.counts();
    }

    /// Every health that was reported, in order.
    public List<Health> reported() {
        return List.copyOf(health);
    }

    /// Every signal that was passed on.
    public List<Signal> signals() {
        return List.copyOf(signals);
    }

    /// What calls did that the SPI forbids, such as translating with a look at the clock.
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /// Fails if the text is anywhere where people who must not know it could read it: in the log,
    /// in health, in dead letters' problems, in names of figures.
    public void assertRedacted(String secret) {
        Assertions.assertThat(logged())
                .as("the log gives a secret away")
                .noneMatch(line -> line.text().contains(secret));
        Assertions.assertThat(reported())
                .as("the reported health gives a secret away")
                .noneMatch(said -> said.toString().contains(secret));
        Assertions.assertThat(counted().keySet())
                .as("the name of a figure gives a secret away")
                .noneMatch(name -> name.contains(secret));
        Assertions.assertThat(deadLetters())
                .as("a dead letter's problem gives a secret away")
                .noneMatch(letter -> letter.problem().contains(secret));
    }

    @Override
    public void close() {
        http.close();
    }

    static URI url(String door, String path) {
        var home = PUBLIC + "channels/" + ACCOUNT + "/" + door;
        return URI.create(path.isEmpty() ? home : home + "/" + path);
    }

    Presence presence() {
        return presence;
    }

    List<Outcome> store(Delivery delivery, HostedAccount account) throws NotStored {
        var outcomes = journal.append(delivery, clock.instant(), account::translate);
        signals.addAll(delivery.signals());
        return outcomes;
    }

    boolean losesAnswer() {
        return losing.getAndSet(false);
    }

    void passed(Signal signal) {
        signals.add(signal);
    }

    DeviceLink.Upload permitUpload() {
        var id = media.next();
        return new DeviceLink.Upload(id, url("uploads", id.toString()));
    }

    FakeJournal journal() {
        return journal;
    }

    /// Calls the loopback, and keeps what came of it where that is wanted.
    Http.Answer send(Http.Call call) throws Http.Failure, InterruptedException {
        var answer = http.send(call);
        var into = recorder;
        if (into != null) {
            into.exchange(call, answer);
        }
        return answer;
    }

    /// A webhook was acknowledged.
    void acknowledged(WebhookRequest request) {
        var into = recorder;
        if (into != null) {
            into.webhook(request);
        }
    }

    FakeLog log() {
        return log;
    }

    FakeMetrics metrics() {
        return metrics;
    }

    void report(Health now) {
        health.add(now);
    }

    IllegalStateException violation(String what) {
        violations.add(what);
        return new IllegalStateException(what + ", which the SPI forbids");
    }
}
