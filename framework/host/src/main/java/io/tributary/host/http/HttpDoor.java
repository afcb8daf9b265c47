package io.tributary.host.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.host.access.Authenticator;
import io.tributary.host.access.Scope;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one HTTP server of a member: a port for APIs and webhooks, a port for pages, and perhaps one
/// for operators.
///
/// Give it its routes, then [#start] it; routes given later are refused. [#close] lets requests
/// under way finish.
public final class HttpDoor implements Routes, AutoCloseable {

    private final Vertx vertx;
    private final HttpSettings settings;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final ExecutorService threads;
    private final Feeds feeds;
    private final Shared shared;
    private final PortRoutes apis;
    private final PortRoutes pages;
    private final PortRoutes admin;
    private final AutoCloseable revocations;
    private final List<Listener> listeners = new ArrayList<>();
    private final List<String> deployments = new ArrayList<>();
    private @Nullable Webhooks webhooks;
    private @Nullable Devices devices;
    private @Nullable Addresses addresses;

    /// Where the server is, once it has started.
    ///
    /// @param admin null where operators use `apis`
    public record Addresses(URI apis, URI pages, @Nullable URI admin) {}

    /// A server that listens nowhere yet.
    ///
    /// @param scrape what `/metrics` shows, in Prometheus' text format
    public HttpDoor(
            Vertx vertx,
            HttpSettings settings,
            Authenticator authenticator,
            Readiness readiness,
            MeterRegistry registry,
            Supplier<String> scrape,
            InstantSource clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.registry = registry;
        this.clock = clock;
        this.threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
        this.feeds = new Feeds(settings.limits());
        this.shared =
                new Shared(
                        vertx,
                        settings,
                        authenticator,
                        threads,
                        feeds,
                        new RouteTimers(registry, "any", "unmatched"));
        this.apis = new PortRoutes(registry);
        this.pages = new PortRoutes(registry);
        this.admin = settings.adminPort() == null ? apis : new PortRoutes(registry);
        this.revocations = authenticator.onChange(feeds);
        fixed(new FixedRoutes(readiness, scrape));
        gauges();
    }

    @Override
    public Routes add(String method, String template, Scope scope, Body body, Endpoint endpoint) {
        of(template).put(method, template, scope, body, new Route.Work.Whole(endpoint));
        return this;
    }

    @Override
    public Routes open(String method, String template, Body body, Endpoint endpoint) {
        of(template).open(method, template, body, endpoint);
        return this;
    }

    @Override
    public Routes upload(String template, Admission admission, Endpoint endpoint) {
        of(template).upload(template, admission, endpoint);
        return this;
    }

    @Override
    public Routes feed(String template, Scope scope, Feed feed) {
        of(template).put("GET", template, scope, Body.NONE, new Route.Work.Feed(feed));
        return this;
    }

    @Override
    public Routes webhooks(Webhooks taker) {
        webhooks = taker;
        return this;
    }

    @Override
    public Routes devices(Devices taker) {
        devices = taker;
        return this;
    }

    @Override
    public Routes site(String path, Path folder) {
        of(path).site(path, folder);
        return this;
    }

    @Override
    public Routes pages() {
        return pages;
    }

    /// Listens on all ports; blocks until it does.
    ///
    /// @throws HttpUnavailable a port cannot be had; says which, and what to do
    public Addresses start() throws HttpUnavailable, InterruptedException {
        try {
            int port =
                    listen(
                            apis.table(),
                            settings.port(),
                            "http.port",
                            settings.limits().eventLoops());
            int page = listen(pages.table(), settings.pagesPort(), "http.pages-port", 1);
            Integer adminPort = settings.adminPort();
            URI operators =
                    adminPort == null
                            ? null
                            : at(listen(admin.table(), adminPort, "http.admin-port", 1));
            addresses = new Addresses(at(port), at(page), operators);
            return addresses;
        } catch (HttpUnavailable failed) {
            close();
            throw failed;
        }
    }

    /// Requests that are under way right now, streams left out.
    public int underWay() {
        return shared.underWay();
    }

    /// Streams that are open right now.
    public int streams() {
        return feeds.size();
    }

    /// Refuses what comes from now on. What is under way goes on.
    public void refuse() {
        shared.stop();
    }

    /// Refuses what comes from now on, ends streams so that their clients go elsewhere, gives what
    /// is under way its time, and closes every socket. May be called again; who comes second waits.
    @Override
    public void close() {
        close(settings.limits().stopTime());
    }

    /// The same with another time for what is under way.
    public synchronized void close(Duration most) {
        shared.stop();
        feeds.stop();
        List<Future<?>> closing = new ArrayList<>();
        for (Listener listener : listeners) {
            closing.add(listener.shutDown(most));
        }
        await(Future.join(closing));
        List<Future<?>> undeploying = new ArrayList<>();
        deployments.forEach(id -> undeploying.add(vertx.undeploy(id)));
        await(Future.join(undeploying));
        deployments.clear();
        listeners.clear();
        threads.shutdownNow();
        try {
            revocations.close();
        } catch (Exception notThere) {
            throw new IllegalStateException("cannot stop listening to revocations", notThere);
        }
    }

    private void await(Future<?> future) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(settings.limits().stopTime().toMillis() + 5_000, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException | TimeoutException _) {
            // what does not close in time is closed by the end of the process
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return the port that was bound
    private int listen(RouteTable table, int port, String key, int loops)
            throws HttpUnavailable, InterruptedException {
        List<Listener> made = new CopyOnWriteArrayList<>();
        Listener.Gates gates = table == apis.table() ? this::gates : (_, _, _) -> List.of();
        // a negative port is any free one, the same for all who name the same number
        int bound = port == 0 ? -1 - deployments.size() : port;
        try {
            deployments.add(
                    vertx.deployVerticle(
                                    () -> {
                                        var listener =
                                                new Listener(shared, table, gates, bound, frame());
                                        made.add(listener);
                                        return listener;
                                    },
                                    new DeploymentOptions().setInstances(loops))
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get());
        } catch (java.util.concurrent.ExecutionException failed) {
            throw unavailable(port, key, failed.getCause());
        }
        listeners.addAll(made);
        return made.getFirst().port();
    }

    /// The largest message that anybody's socket takes; devices and feeds share the ports.
    private int frame() {
        int usual = Devices.Limits.USUAL.frame();
        return devices == null ? usual : Math.max(usual, devices.limits().frame());
    }

    private HttpUnavailable unavailable(int port, String key, @Nullable Throwable cause) {
        String where = "port " + port + " on " + settings.host();
        return cause instanceof BindException
                ? new HttpUnavailable(
                        where
                                + " cannot be used: another program listens there, or it may not be used by this user. Stop that"
                                + " program, or set "
                                + key
                                + " to another port",
                        cause)
                : new HttpUnavailable(
                        "cannot listen on " + where + " (" + key + "): " + cause, cause);
    }

    private List<Gate> gates(io.vertx.core.Context context, Visitors visitors, IntSupplier port) {
        List<Gate> gates = new ArrayList<>();
        if (webhooks != null) {
            gates.add(
                    new WebhookGate(
                            shared,
                            webhooks,
                            context,
                            visitors,
                            new RouteTimers(registry, "any", "/channels/{account}/webhook"),
                            () -> publicUrl(port.getAsInt()),
                            clock));
        }
        if (devices != null) {
            gates.add(
                    new DeviceGate(
                            shared,
                            devices,
                            context,
                            visitors,
                            new RouteTimers(registry, "GET", DeviceGate.TEMPLATE)));
        }
        return gates;
    }

    private String publicUrl(int port) {
        URI url = settings.publicUrl();
        String text = url == null ? at(port).toString() : url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private URI at(int port) {
        String host = settings.host();
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return URI.create(
                "http://" + (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + ":" + port);
    }

    private PortRoutes of(String template) {
        if (addresses != null) {
            throw new IllegalStateException(template + " comes too late: the server has started");
        }
        return template.startsWith("/admin/") ? admin : apis;
    }

    private void fixed(FixedRoutes routes) {
        routes.health(this);
        routes.contracts(this);
        routes.health(pages);
        if (settings.adminPort() == null) {
            routes.metrics(this, settings.openMetrics());
        } else {
            routes.health(admin);
            routes.metrics(admin, true);
        }
    }

    private void gauges() {
        Gauge.builder("tributary.http.connections", shared.connections(), Number::doubleValue)
                .description("Open connections")
                .register(registry);
        Gauge.builder("tributary.http.underway", shared, Shared::underWay)
                .description("Requests of the APIs under way")
                .register(registry);
        Gauge.builder("tributary.http.bodies", shared.bodies(), BodyBudget::held)
                .baseUnit("bytes")
                .description("Requests' bodies in memory, those of up to 4 kB left out")
                .register(registry);
        Gauge.builder("tributary.http.streams", feeds, Feeds::size)
                .description("Open streams")
                .register(registry);
    }
}
