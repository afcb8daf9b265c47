package io.tributary.twilio;

import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import java.net.URI;
import java.util.List;

/// Whether an account of Twilio works.
public final class AccountCheck {

    /// Twilio's own API.
    public static final URI TWILIO = URI.create("https://api.twilio.com");

    private AccountCheck() {}

    /// Where the API is, unless the settings name another place.
    public static URI apiBase(Settings settings) {
        return settings.uri("apiBase", TWILIO);
    }

    /// What is wrong with `apiBase`: the auth token goes there with every request.
    public static void apiBase(Settings settings, List<Problem> problems) {
        var api = apiBase(settings);
        var host = api.getHost();
        if (host == null) {
            problems.add(new Problem("apiBase", "must name a host, such as " + TWILIO));
        } else if (!"https".equals(api.getScheme()) && !isLoopback(host)) {
            problems.add(new Problem("apiBase", "must begin with https:// except on this machine"));
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    /// Asks Twilio.
    public static Health health(TwilioApi api) throws InterruptedException {
        Http.Answer answer;
        try {
            answer = api.get(".json");
        } catch (Http.Failure failure) {
            return Health.down("Twilio cannot be reached")
                    .action("check apiBase, the network and egress.allow");
        }
        return switch (answer.status()) {
            case 200 -> active(answer);
            case 401, 403 ->
                    Health.stopped(
                            "Twilio refuses accountSid and authToken (error 20003)",
                            "compare both with the Twilio console; the token may have been"
                                    + " replaced there");
            case 404 ->
                    Health.stopped(
                            "Twilio does not know the account (error 20404)",
                            "compare accountSid and apiBase with the Twilio console");
            case 429 -> Health.degraded("Twilio limits how fast this account calls (error 20429)");
            default -> Health.down("Twilio answered " + answer.status());
        };
    }

    /// Nothing else of the answer may be shown: the auth token stands in it.
    private static Health active(Http.Answer answer) {
        var status = JsonReader.object(answer.body()).get("status");
        if ("active".equals(status)) {
            return Health.up();
        }
        return "suspended".equals(status) || "closed".equals(status)
                ? Health.stopped("the Twilio account is " + status, "see the Twilio console")
                : Health.down("what answers at apiBase is not Twilio").action("check apiBase");
    }
}
