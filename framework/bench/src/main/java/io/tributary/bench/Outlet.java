package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// The [InstantProvider] in a process of its own, and a bare client of it: the yardstick.
final class Outlet implements AutoCloseable {

    /// As many as the channel has under way at once.
    static final int AT_ONCE = 16;

    private final Server server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// @param messages that came
    /// @param nanos from the first of them to the last
    record Count(long messages, long nanos) {

        double perSecond() {
            return nanos <= 0 ? 0 : (messages - 1) * 1e9 / nanos;
        }
    }

    private Outlet(Server server) {
        this.server = server;
    }

    static Outlet start(Launcher launcher, Path log) throws IOException {
        return new Outlet(
                Server.java(
                        log,
                        launcher.tuning(),
                        System.getProperty("java.class.path"),
                        InstantProvider.class.getName(),
                        Integer.toString(Server.freePort())));
    }

    URI url() {
        return server.url();
    }

    double cpuSeconds() {
        return server.cpuSeconds();
    }

    /// Counts from here on, and takes everything.
    void begin() throws IOException, InterruptedException {
        ask(HttpRequest.newBuilder(url().resolve("/begin")).POST(BodyPublishers.noBody()));
    }

    /// Takes nothing more, for an hour.
    void later() throws IOException, InterruptedException {
        ask(HttpRequest.newBuilder(url().resolve("/later")).POST(BodyPublishers.noBody()));
    }

    Count count() throws IOException, InterruptedException {
        String[] words = ask(HttpRequest.newBuilder(url().resolve("/count"))).split(" ", -1);
        return new Count(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    private String ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    /// Posts so many messages as the channel posts them, with nothing around it.
    Count bare(int messages) throws IOException, InterruptedException {
        begin();
        var left = new AtomicLong(messages);
        var done = new Semaphore(0);
        for (int i = 0; i < AT_ONCE; i++) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            for (long next = left.getAndDecrement();
                                    next > 0;
                                    next = left.getAndDecrement()) {
                                http.send(message(next), BodyHandlers.ofByteArray());
                            }
                        } catch (IOException broken) {
                            // seen in what was counted
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        } finally {
                            done.release();
                        }
                    });
        }
        done.acquire(AT_ONCE);
        Count count = count();
        if (count.messages() != messages) {
            throw new IOException("of %d only %d came".formatted(messages, count.messages()));
        }
        return count;
    }

    private HttpRequest message(long number) {
        String credentials = Webhooks.ACCOUNT_SID + ":" + Webhooks.AUTH_TOKEN;
        String form =
                "To=%%2B1415%07d&From=%s&Body=%s&ValidityPeriod=36000&StatusCallback=%s"
                        .formatted(
                                number % Dispatch.CONVERSATIONS,
                                encoded(Webhooks.NUMBER),
                                encoded(Webhooks.text(number)),
                                encoded(
                                        "http://127.0.0.1:8080/channels/dispatch/webhook/status/"
                                                + number
                                                + "#rc=5&rp=all"));
        return HttpRequest.newBuilder(
                        url().resolve(
                                        "/2010-04-01/Accounts/"
                                                + Webhooks.ACCOUNT_SID
                                                + "/Messages.json"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
