package io.tributary.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.LongAdder;

/// Posts messages to the [InstantProvider] as the channel posts them, with nothing around it: the
/// yardstick.
record BareClient(Provider provider) {

    /// As many as the channel has under way at once.
    private static final int AT_ONCE = 16;

    Tally post(int messages) throws IOException, InterruptedException {
        provider.begin();
        var again = new LongAdder();
        Callers.call(AT_ONCE, number -> number < messages, number -> post(number, again));
        Tally count = provider.count();
        if (count.messages() < messages || count.messages() > messages + again.sum()) {
            throw new IOException("of %d there came %d".formatted(messages, count.messages()));
        }
        return count;
    }

    /// On a busy machine the JDK's client now and then closes a connection under the next request
    /// ("data received while in pool"): that one is posted again.
    private void post(long number, LongAdder again) throws IOException, InterruptedException {
        try {
            provider.http().send(message(number), BodyHandlers.ofByteArray());
        } catch (IOException closed) {
            again.increment();
            provider.http().send(message(number), BodyHandlers.ofByteArray());
        }
    }

    private HttpRequest message(long number) {
        String credentials = Webhooks.ACCOUNT_SID + ":" + Webhooks.AUTH_TOKEN;
        String form =
                "To=%%2B1415%07d&From=%s&Body=%s&ValidityPeriod=36000&StatusCallback=%s"
                        .formatted(
                                number % Outbox.CONVERSATIONS,
                                encoded(Webhooks.NUMBER),
                                encoded(Webhooks.text(number)),
                                encoded(
                                        "http://127.0.0.1:8080/channels/dispatch/webhook/status/"
                                                + number
                                                + "#rc=5&rp=all"));
        return HttpRequest.newBuilder(
                        provider.url()
                                .resolve(
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
}
