package io.tributary.twilio;

import io.tributary.spi.Fields;
import io.tributary.spi.Http;
import io.tributary.spi.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// One account's part of Twilio's REST API, with its credentials.
public final class TwilioApi {

    private final Http http;
    private final URI base;
    private final String accountSid;
    private final Secret authToken;

    /// The API for one account.
    public TwilioApi(Http http, URI base, String accountSid, Secret authToken) {
        this.http = http;
        this.base = base;
        this.accountSid = accountSid;
        this.authToken = authToken;
    }

    /// Posts a form to what is behind the account, such as `/Messages.json`.
    public Http.Answer post(String path, Fields form) throws Http.Failure, InterruptedException {
        return http.send(authorized(Http.Call.post(address(path), form)));
    }

    /// Reads what is behind the account; `.json` is the account itself.
    public Http.Answer get(String path) throws Http.Failure, InterruptedException {
        return http.send(authorized(Http.Call.get(address(path))));
    }

    private Http.Call authorized(Http.Call call) {
        return call.header("authorization", credentials()).header("accept", "application/json");
    }

    /// The value of `Authorization`.
    public String credentials() {
        var pair = (accountSid + ':' + authToken.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /// Where a file of Twilio's is; null: that is no address in the web.
    public static @Nullable URI webAddress(String text) {
        try {
            var address = new URI(text);
            var scheme = address.getScheme();
            boolean web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
            return web && address.getHost() != null ? address : null;
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }

    /// Whether the credentials may go there: to the configured API, and to Twilio over TLS.
    public boolean trusts(URI address) {
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
