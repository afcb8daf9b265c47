package io.tributary.host;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member that serves until it is told to stop. When the log turns out to lack what it saw
/// committed, whatever it has in memory may be wrong: it ends, and begins anew by itself on what is
/// there. Thread safe.
public final class SteadyNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SteadyNode.class);

    /// Between tries to begin anew, while the database is not there yet.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// After that, whoever watches over processes is to know.
    private static final int TRIES = 120;

    /// Who begins anew sooner than this waits a little before.
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final CompletableFuture<Void> stopping = new CompletableFuture<>();
    private Configuration configuration;
    private @Nullable Node node;

    private SteadyNode(Configuration configuration, Map<String, String> environment, Node node) {
        this.configuration = configuration;
        this.environment = environment;
        this.node = node;
    }

    /// Starts it for the first time, as [Node#start(Configuration, Map)] does.
    public static SteadyNode start(Configuration configuration, Map<String, String> environment)
            throws Misconfigured, Node.CannotStart, InterruptedException {
        Node first = Node.start(configuration, environment);
        var steady = new SteadyNode(configuration, environment, first);
        if (configuration.http().port() == 0 && configuration.http().publicUrl() == null) {
            // who found it once finds it again
            steady.configuration = configuration.on(first.url().getPort(), first.pages().getPort());
        }
        return steady;
    }

    /// Where the APIs and webhooks are.
    public URI url() {
        return serving().url();
    }

    /// The operator's token that was made at the first start.
    public Optional<String> firstToken() {
        return serving().firstToken();
    }

    /// Blocks until the member is told to stop.
    ///
    /// @param again told each time that it has begun anew
    /// @throws Node.CannotStart it could not begin anew, however often it was tried
    /// @throws Misconfigured the same, for an account of the file
    public void await(Runnable again) throws Misconfigured, Node.CannotStart, InterruptedException {
        long since = System.nanoTime();
        while (stays()) {
            LOG.warn("the log lacks what this member saw committed: it begins anew");
            end();
            if (System.nanoTime() - since < SHORT.toNanos()) {
                pause();
            }
            if (renewed()) {
                since = System.nanoTime();
                again.run();
            }
        }
    }

    /// Until it is outdated; or told to stop, and answers false then.
    private boolean stays() throws InterruptedException {
        try {
            CompletableFuture.anyOf(stopping, serving().outdated()).get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
        return !stopping.isDone();
    }

    /// Tries until it serves; what an account of the file needs may be among what is lost, and
    /// brought again.
    private boolean renewed() throws Misconfigured, Node.CannotStart, InterruptedException {
        for (int left = TRIES; !stopping.isDone(); left--) {
            try {
                begin();
                return !stopping.isDone();
            } catch (Node.CannotStart | Misconfigured cannot) {
                if (left == 1) {
                    throw cannot;
                }
                LOG.warn("cannot begin anew yet: {}", cannot.getMessage());
                pause();
            }
        }
        return false;
    }

    private void pause() throws InterruptedException {
        try {
            stopping.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            // time to try again
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    private synchronized void begin() throws Misconfigured, Node.CannotStart, InterruptedException {
        if (!stopping.isDone()) {
            node = Node.start(configuration, environment);
        }
    }

    private synchronized void end() {
        if (node != null) {
            node.close();
        }
    }

    private synchronized Node serving() {
        if (node == null) {
            throw new IllegalStateException("the member does not run");
        }
        return node;
    }

    /// Ends it as [Node#close()] does, and lets [#await] return. May be called again.
    @Override
    public void close() {
        stopping.complete(null);
        end();
    }
}
