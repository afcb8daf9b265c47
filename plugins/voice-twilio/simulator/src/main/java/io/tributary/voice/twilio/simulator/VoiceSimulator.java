package io.tributary.voice.twilio.simulator;

import com.sun.net.httpserver.HttpServer;
import io.tributary.twilio.simulator.Form;
import io.tributary.twilio.simulator.Sids;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A running stand-in for Twilio's calls on the loopback. Thread safe.
///
/// Time does not pass: who waits for twenty seconds is asked for the next document at once.
public final class VoiceSimulator implements AutoCloseable {

    static {
        // Read once by the JDK's server: without it every small answer waits 40 ms for an
        // acknowledgement.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final Account account;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Postbox post;
    private final Requests requests;
    private final Map<String, Ring> rings = new ConcurrentHashMap<>();
    private final Map<String, Ring> legs = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, byte[]> recordings = new ConcurrentHashMap<>();
    private final List<Form> ordered = new CopyOnWriteArrayList<>();
    private volatile Script script = Script.USUAL;

    /// The only account there is.
    ///
    /// @param token its password for the API and its key for signatures
    /// @param webhook what is asked when somebody calls; its `/status` is told of the end
    public record Account(String sid, String token, @Nullable URI webhook) {

        /// Without the token.
        @Override
        public String toString() {
            return "Account[" + sid + "]";
        }
    }

    private VoiceSimulator(Account account, HttpServer server) {
        this.account = account;
        this.server = server;
        threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("voice-simulator-", 0).factory());
        post = new Postbox(account.token());
        requests = new Requests(account.sid(), InstantSource.system());
    }

    /// Starts one.
    ///
    /// @param port 0: any that is free
    /// @throws IOException the port is taken
    public static VoiceSimulator start(Account account, int port) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var simulator = new VoiceSimulator(account, HttpServer.create(address, 0));
        simulator.open();
        return simulator;
    }

    private void open() {
        server.setExecutor(threads);
        server.createContext("/2010-04-01/", new CallApi(account, this, recordings));
        server.createContext("/ring", new RingDoor(this));
        server.start();
    }

    /// Where the API is, such as `http://127.0.0.1:40123`.
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// How people behave from now on.
    public void script(Script other) {
        script = other;
    }

    /// A customer calls.
    public Ring ring(String from, String to, Map<String, String> more) {
        var ring = new Ring(Sids.next("CA"), from, to, true, more);
        rings.put(ring.sid(), ring);
        threads.execute(() -> run(ring, () -> incoming(ring)));
        return ring;
    }

    /// The company has somebody called.
    Ring call(Form form) {
        ordered.add(form);
        var ring = new Ring(Sids.next("CA"), form.first("From"), form.first("To"), false, Map.of());
        rings.put(ring.sid(), ring);
        threads.execute(() -> run(ring, () -> outgoing(ring, form)));
        return ring;
    }

    /// What the company has ordered, calls and changes, in order.
    public List<String> ordered() {
        return ordered.stream().map(Form::encode).toList();
    }

    void note(Form form) {
        ordered.add(form);
    }

    /// All calls, those that are over among them, by id.
    public Map<String, Ring> rings() {
        return Map.copyOf(rings);
    }

    /// All second legs whose ends have answered, by id.
    public Map<String, Ring> legs() {
        return Map.copyOf(legs);
    }

    @Nullable Ring find(String sid) {
        var ring = rings.get(sid);
        return ring == null ? legs.get(sid) : ring;
    }

    /// Somebody answers whom a call has rung, and can be redirected from now on.
    Ring leg(Ring first, String sid, String end) {
        var leg = first.leg(sid, end);
        legs.put(sid, leg);
        return leg;
    }

    /// A second leg does what was ordered, without the first one.
    ///
    /// @param end what is to be told at its end
    void goesOn(Ring leg, Course end) {
        threads.execute(() -> run(leg, () -> alone(leg, end)));
    }

    private void alone(Ring leg, Course end) throws InterruptedException {
        runner(leg).through(leg.ordered(false));
        end.go();
    }

    /// Keeps to itself what it would only tell, until [#release(Random)].
    public void hold() {
        post.hold();
    }

    /// Tells all that it kept, in some order, half of it twice.
    public void release(Random order) throws InterruptedException {
        post.release(order);
    }

    /// Requests to the company that were not answered by 2xx.
    public List<String> refused() {
        return post.refused();
    }

    /// What Twilio's debugger would show.
    public List<String> alerts() {
        return post.alerts();
    }

    /// Something that takes its time.
    interface Course {
        void go() throws InterruptedException;
    }

    private static void run(Ring ring, Course course) {
        try {
            course.go();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            ring.over();
        }
    }

    private void incoming(Ring ring) throws InterruptedException {
        var webhook = account.webhook();
        if (webhook == null) {
            return;
        }
        var document = post.ask(ring.sid(), webhook, requests.about(ring));
        runner(ring).through(document);
        post.tell(ring.sid(), URI.create(webhook + "/status"), requests.progress(ring, 42));
    }

    private void outgoing(Ring ring, Form form) throws InterruptedException {
        tell(ring, form, "initiated", "initiated");
        tell(ring, form, "ringing", "ringing");
        if (script.answer().equals("in-progress")) {
            tell(ring, form, "in-progress", "answered");
            runner(ring).through(form.first("Twiml"));
            tell(ring, form, "completed", "completed");
        } else {
            tell(ring, form, script.answer(), "completed");
        }
    }

    private void tell(Ring ring, Form form, String status, String event)
            throws InterruptedException {
        ring.status(status);
        var callback = form.first("StatusCallback");
        if (!callback.isEmpty() && form.all("StatusCallbackEvent").contains(event)) {
            post.tell(ring.sid(), URI.create(callback), requests.progress(ring, 42));
        }
    }

    private Run runner(Ring ring) {
        var self = URI.create(url() + "/2010-04-01/Accounts/" + account.sid());
        return new Run(ring, script, this, post, requests, recordings, self);
    }

    /// Stops listening and forgets everything.
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        post.close();
    }
}
