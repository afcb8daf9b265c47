package io.tributary.host.http;

import java.time.Duration;

/// What one client, and all together, may ask of the server.
///
/// @param requestLine the longest request line in bytes
/// @param headers all headers of a request in bytes
/// @param webhookBody the largest body of a webhook in bytes
/// @param bodies bytes of all bodies that are held at the same time; more are answered 503
/// @param headerTime from the opening of a connection to the end of the first request's headers
/// @param idleTime between an answer and the end of the next request's headers, and without any
///   traffic
/// @param bodyTime how long a body may take at least, however small it is
/// @param bodyRate bytes per second that a body must come with after `bodyTime`
/// @param connections open at the same time; more are closed at once
/// @param webhooks under way at the same time; more are answered 503
/// @param requests of the APIs under way at the same time; more are answered 503
/// @param feeds open at the same time; more are answered 503
/// @param unsent bytes that may wait for a feed's client before it has to catch up from the log
/// @param eventLoops how many threads serve the sockets
/// @param stopTime how long requests under way may take when the server stops
public record HttpLimits(
        int requestLine,
        int headers,
        int webhookBody,
        long bodies,
        Duration headerTime,
        Duration idleTime,
        Duration bodyTime,
        int bodyRate,
        int connections,
        int webhooks,
        int requests,
        int feeds,
        int unsent,
        int eventLoops,
        Duration stopTime) {

    /// What suits most.
    public static final HttpLimits DEFAULT =
            new HttpLimits(
                    8_192,
                    16_384,
                    1 << 20,
                    Runtime.getRuntime().maxMemory() / 8,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(10),
                    4_096,
                    20_000,
                    8_192,
                    2_048,
                    5_000,
                    256 * 1_024,
                    Math.max(2, Runtime.getRuntime().availableProcessors()),
                    Duration.ofSeconds(10));

    /// Refuses what would serve nobody.
    public HttpLimits {
        positive(requestLine, "request line");
        positive(headers, "headers");
        positive(webhookBody, "webhook bodies");
        if (bodies < 1) {
            throw new IllegalArgumentException("the limit of all bodies must be at least 1");
        }
        positive(bodyRate, "the rate of bodies");
        positive(connections, "connections");
        positive(webhooks, "webhooks");
        positive(requests, "requests");
        positive(feeds, "feeds");
        positive(unsent, "unsent bytes");
        positive(eventLoops, "event loops");
    }

    /// The same with other times.
    public HttpLimits times(Duration header, Duration idle, Duration body, Duration stop) {
        return new HttpLimits(
                requestLine,
                headers,
                webhookBody,
                bodies,
                header,
                idle,
                body,
                bodyRate,
                connections,
                webhooks,
                requests,
                feeds,
                unsent,
                eventLoops,
                stop);
    }

    /// The same with another limit for webhooks' bodies, in bytes.
    public HttpLimits webhookBody(int bytes) {
        return new HttpLimits(
                requestLine,
                headers,
                bytes,
                bodies,
                headerTime,
                idleTime,
                bodyTime,
                bodyRate,
                connections,
                webhooks,
                requests,
                feeds,
                unsent,
                eventLoops,
                stopTime);
    }

    /// The same with another limit for all bodies together, in bytes.
    public HttpLimits bodies(long bytes) {
        return new HttpLimits(
                requestLine,
                headers,
                webhookBody,
                bytes,
                headerTime,
                idleTime,
                bodyTime,
                bodyRate,
                connections,
                webhooks,
                requests,
                feeds,
                unsent,
                eventLoops,
                stopTime);
    }

    /// The same with other numbers of what may be open or under way.
    public HttpLimits atOnce(
            int openConnections, int openWebhooks, int openRequests, int openFeeds) {
        return new HttpLimits(
                requestLine,
                headers,
                webhookBody,
                bodies,
                headerTime,
                idleTime,
                bodyTime,
                bodyRate,
                openConnections,
                openWebhooks,
                openRequests,
                openFeeds,
                unsent,
                eventLoops,
                stopTime);
    }

    private static void positive(int limit, String of) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit of " + of + " must be at least 1");
        }
    }
}
