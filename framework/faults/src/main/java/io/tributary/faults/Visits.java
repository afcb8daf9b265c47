package io.tributary.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A reader's way to the member: on a thread of its own again and again, wherever the member is,
/// until it is closed; and what it met there.
final class Visits implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNAVAILABLE = 503;

    private final Whereabouts member;
    private final Visit visit;
    private final Thread thread;
    private final Seen seen = new Seen();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<URI> members = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private volatile String trouble = "";
    private volatile boolean closed;

    /// One of them.
    @FunctionalInterface
    interface Visit {

        /// Reads on, as long as it goes.
        ///
        /// @throws IOException it goes no further: to be tried again, perhaps elsewhere
        void to(URI member) throws IOException, InterruptedException;
    }

    /// @param who names the thread
    Visits(String who, Whereabouts member, Visit visit) {
        this.member = member;
        this.visit = visit;
        this.thread = Thread.ofPlatform().daemon().name(who).unstarted(this::run);
    }

    void begin() {
        thread.start();
    }

    Seen seen() {
        return seen;
    }

    long connections() {
        return connections.get();
    }

    /// Where it was let in.
    Set<URI> members() {
        return Set.copyOf(members);
    }

    String trouble() {
        return trouble;
    }

    boolean closed() {
        return closed;
    }

    <T> HttpResponse<T> ask(HttpRequest.Builder request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        return http.send(
                request.timeout(PATIENCE).header("Authorization", "Bearer " + Launch.TOKEN).build(),
                body);
    }

    /// It was let in.
    void connected(URI at) {
        members.add(at);
        connections.incrementAndGet();
    }

    /// It was not; a member that starts, ends or has a full disk may say so.
    IOException refused(int status, String body) {
        if (status != UNAVAILABLE) {
            trouble = status + body;
        }
        return new IOException("answered " + status);
    }

    private void run() {
        try {
            for (URI at = member.await(); at != null && !closed; at = member.await()) {
                try {
                    visit.to(at);
                } catch (IOException broken) {
                    member.pause(PAUSE);
                }
            }
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
        thread.interrupt();
    }
}
