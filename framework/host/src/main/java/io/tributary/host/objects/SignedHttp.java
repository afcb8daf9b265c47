package io.tributary.host.objects;

import io.tributary.host.objects.BucketUnavailable.Why;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/// Asks a store, signed. Thread safe; blocking. What does not work is tried three times.
final class SignedHttp implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int TRIES = 3;

    /// The part of its time after which a store that has not answered is taken for one that hangs,
    /// where nobody waits for the rest of it.
    private static final int HUNG = 10;

    private static final long PAUSE_MILLIS = 200;

    private final Signature signature;
    private final BucketAddress address;
    private final InstantSource clock;
    private final HttpClient client;

    /// @param path as it goes over the wire
    /// @param sha256 of what is sent
    record Asked(String method, String path, SortedMap<String, String> query, String sha256) {

        /// Sends nothing.
        Asked(String method, String path, SortedMap<String, String> query) {
            this(method, path, query, Signature.NOTHING);
        }
    }

    SignedHttp(BucketAddress address, InstantSource clock) {
        this.address = address;
        this.signature = new Signature(address.credentials(), address.region());
        this.clock = clock;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
    }

    /// @param whole until the head of an answer is there, and once more until its body is
    Answer send(Asked asked, Duration whole) {
        return send(asked, BodyPublishers.noBody(), whole);
    }

    /// No try begins when the time is over.
    ///
    /// @param body read anew for each try
    /// @return the answer, whatever it says; to be closed
    /// @throws BucketUnavailable there is none
    Answer send(Asked asked, BodyPublisher body, Duration whole) {
        long begun = System.nanoTime();
        try {
            return send(asked, body, whole, begun);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            boolean hung = System.nanoTime() - begun > whole.dividedBy(HUNG).toNanos();
            throw interrupted(stopped, hung ? Why.SILENT : Why.INTERRUPTED);
        }
    }

    private Answer send(Asked asked, BodyPublisher body, Duration whole, long begun)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                var response =
                        client.send(request(asked, body, whole), BodyHandlers.ofInputStream());
                Answer answer = Answer.of(response, whole);
                if (!answer.passing() || isLast(attempt, begun, whole)) {
                    return answer;
                }
                answer.close();
            } catch (IOException broken) {
                if (isLast(attempt, begun, whole)) {
                    throw unavailable(broken);
                }
            }
            pause(attempt);
        }
    }

    private static boolean isLast(int attempt, long begun, Duration whole) {
        return attempt == TRIES || System.nanoTime() - begun > whole.toNanos();
    }

    private HttpRequest request(Asked asked, BodyPublisher body, Duration whole) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", address.host());
        SortedMap<String, String> signed =
                signature.signed(
                        new Signature.Request(
                                asked.method(),
                                asked.path(),
                                asked.query(),
                                headers,
                                asked.sha256()),
                        clock.instant());
        // the client says it itself
        signed.remove("host");
        String query = asked.query().isEmpty() ? "" : "?" + Signature.query(asked.query());
        String place = address.endpoint().getScheme() + "://" + address.host() + asked.path();
        var request =
                HttpRequest.newBuilder(URI.create(place + query))
                        .timeout(whole)
                        .method(asked.method(), body);
        signed.forEach(request::header);
        return request.build();
    }

    private static void pause(int attempt) throws InterruptedException {
        long most = PAUSE_MILLIS << attempt;
        Thread.sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2));
    }

    /// @throws BucketUnavailable the answer is none of those that are good
    void need(Answer answer, int... good) {
        for (int each : good) {
            if (answer.status() == each) {
                return;
            }
        }
        throw new BucketUnavailable(
                "the bucket " + address + " answered " + answer.said(),
                answer.passing() ? Why.SILENT : Why.REFUSED);
    }

    /// What the client's streams throw when their reader is interrupted is an [IOException], too.
    BucketUnavailable unavailable(IOException why) {
        return why.getCause() instanceof InterruptedException
                ? interrupted(why, Why.INTERRUPTED)
                : new BucketUnavailable(
                        "the bucket " + address + " cannot be reached (" + cause(why) + ")",
                        Why.SILENT,
                        why);
    }

    /// The client's words, or where it has none, the kind of failure, which says as much.
    private static String cause(IOException why) {
        String message = why.getMessage();
        return message == null || message.isBlank() ? why.getClass().getSimpleName() : message;
    }

    private BucketUnavailable interrupted(Exception stopped, Why why) {
        return new BucketUnavailable(
                "the bucket " + address + " had not answered when who asked it was stopped",
                why,
                stopped);
    }

    /// Cuts what is under way.
    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
