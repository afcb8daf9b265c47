package io.tributary.twilio.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// A running stand-in for Twilio's messaging on the loopback.
///
/// It keeps Twilio's rules for one account: the REST API with Twilio's own refusals, signed
/// webhooks with Twilio's retries, status callbacks, media, opt-outs. What goes wrong can be
/// scripted. A phone in the browser is at [#url()]. Thread safe.
public final class Simulator implements AutoCloseable {

    static {
        // Read once by the JDK's server: without it every small answer waits 40 ms for an
        // acknowledgement.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final Options options;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Ledger ledger;
    private final MediaFiles files;
    private final Caller caller;
    private final Deliveries deliveries;
    private final Arrivals arrivals;
    private final Api api;
    private final Faults faults = new Faults();

    private Simulator(Options options, HttpServer server) {
        this.options = options;
        this.server = server;
        var clock = InstantSource.system();
        threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("twilio-simulator-", 0).factory());
        ledger = new Ledger(clock);
        files = new MediaFiles();
        caller = new Caller(options.authToken());
        deliveries = new Deliveries(options, ledger, files, caller, threads);
        var optOuts = new OptOuts();
        arrivals = new Arrivals(options, ledger, optOuts, deliveries, caller, clock);
        var rules = new SendRules(options, optOuts, clock);
        api = new Api(options, ledger, files, rules, deliveries, faults);
    }

    /// Starts one.
    ///
    /// @throws IOException the port is taken
    public static Simulator start(Options options) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port());
        var simulator = new Simulator(options, HttpServer.create(address, 0));
        simulator.open();
        return simulator;
    }

    private void open() {
        arrivals.servedAt(url());
        server.setExecutor(threads);
        server.createContext("/2010-04-01/", api);
        server.createContext("/", new Phone(options, ledger, files, arrivals, threads));
        server.start();
    }

    /// Where the API and the phone are, such as `http://127.0.0.1:40123`.
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// As it was started.
    public Options options() {
        return options;
    }

    /// Where messages from customers go from now on.
    public void webhook(URI url) {
        arrivals.webhook(url);
    }

    /// How messages to customers fare from now on.
    public void course(Course course) {
        courses(() -> course);
    }

    /// How each message to a customer fares from now on.
    ///
    /// @param each asked for each message that is taken, on any thread
    public void courses(Supplier<Course> each) {
        api.courses(each);
    }

    /// What goes wrong with the next API requests.
    public Faults faults() {
        return faults;
    }

    /// A customer writes a text. Waits for the webhook's answer, with Twilio's retries.
    public Webhook text(String from, String to, String body) throws InterruptedException {
        return text(from, to, body, Map.of());
    }

    /// The same with more fields on the webhook, as Twilio adds them without notice.
    public Webhook text(String from, String to, String body, Map<String, String> more)
            throws InterruptedException {
        return arrivals.tell(arrivals.take(from, to, body, List.of()), more);
    }

    /// A customer sends a picture or a file, with or without words. Waits for the webhook's answer.
    public Webhook picture(String from, String to, String body, String type, byte[] bytes)
            throws InterruptedException {
        var attachment = new Message.Attachment(Sids.next("ME"), type, null);
        files.keep(attachment.sid(), new MediaFiles.File(type, bytes.clone()));
        return arrivals.tell(arrivals.take(from, to, body, List.of(attachment)), Map.of());
    }

    /// Tells of a message once more, as after a webhook that was not answered.
    ///
    /// @throws IllegalArgumentException no customer sent that message
    public Webhook repeat(String sid) throws InterruptedException {
        var message = ledger.find(sid);
        if (message == null || !message.inbound()) {
            throw new IllegalArgumentException("no message of a customer: " + sid);
        }
        return arrivals.tell(message, Map.of());
    }

    /// All messages that were really taken in either direction, oldest first, as they stand now.
    public List<Message> messages() {
        return ledger.all(_ -> true);
    }

    /// The messages that the API really took, oldest first, as they stand now.
    public List<Message> sent() {
        return ledger.all(message -> message.origin() == Message.Origin.COMPANY);
    }

    /// Everything that was handed to the API to be sent and is answered, taken or not, in the order
    /// of coming.
    public List<Submission> submissions() {
        return api.submissions().ended();
    }

    /// The same with those that are not answered yet.
    public List<Submission> begun() {
        return api.submissions().begun();
    }

    /// The status callbacks that were answered 2xx so far.
    public List<Callback> callbacks() {
        return deliveries.callbacks();
    }

    /// What Twilio's debugger would show, such as `12300 …` for a webhook answered with a wrong
    /// content type.
    public List<String> alerts() {
        return caller.alerts();
    }

    /// Stops listening and forgets everything.
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        caller.close();
        deliveries.close();
    }
}
