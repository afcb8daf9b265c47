package io.tributary.sms.twilio;

import io.tributary.spi.Fields;
import io.tributary.spi.Http;
import io.tributary.spi.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// One account's part of Twilio's REST API, with its credentials.
final class TwilioApi {

    private final Http http;
    private final URI base;
    private final String accountSid;
    private final Secret authToken;

    TwilioApi(Http http, URI base, String accountSid, Secret authToken) {
        this.http = http;
        this.base = base;
        this.accountSid = accountSid;
        this.authToken = authToken;
    }

    /// Posts a form to what is behind the account, such as `/Messages.json`.
    Http.Answer post(String path, Fields form) throws Http.Failure, InterruptedException {
        return http.send(authorized(Http.Call.post(address(path), form)));
    }

    /// Reads what is behind the account; `.json` is the account itself.
    Http.Answer get(String path) throws Http.Failure, InterruptedException {
        return http.send(authorized(Http.Call.get(address(path))));
    }

    private Http.Call authorized(Http.Call call) {
        return call.header("authorization", credentials()).header("accept", "application/json");
    }

    /// The value of `Authorization`.
    String credentials() {
        var pair = (accountSid + ':' + authToken.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /// Whether the credentials may go there: to the configured API, and to Twilio over TLS.
    boolean trusts(URI address) {
        var host = address.getHost();
        if (host == null || address.getScheme() == null) {
            return false;
        }
        boolean configured =
                host.equalsIgnoreCase(base.getHost())
                        && address.getPort() == base.getPort()
                        && address.getScheme().equalsIgnoreCase(base.getScheme());
        return configured
                || ("https".equalsIgnoreCase(address.getScheme())
                        && (address.getPort() == -1 || address.getPort() == 443)
                        && endsIn(host, ".twilio.com"));
    }

    private static boolean endsIn(String host, String domain) {
        return host.regionMatches(
                true, host.length() - domain.length(), domain, 0, domain.length());
    }

    private URI address(String path) {
        var root = base.toString();
        var origin = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        return URI.create(origin + "/2010-04-01/Accounts/" + accountSid + path);
    }
}
