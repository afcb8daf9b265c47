package io.tributary.spi;

import io.tributary.model.Bytes;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a provider sent to an account's webhook door, as it came.
///
/// @param method upper-case, such as `POST`
/// @param url the whole public address that the provider called, query included, as far as the host
///   can know it behind proxies
/// @param path what follows the door, such as `status`; empty for the door itself
/// @param headers by lower-case name; the host hands over its own map and does not change it
/// @param body the raw bytes, nothing decoded; a `GET` has none
/// @param remote the caller's IP address, with the proxies that the operator trusts taken off
public record WebhookRequest(
        String method,
        URI url,
        String path,
        Map<String, List<String>> headers,
        Bytes body,
        String remote,
        Instant receivedAt) {

    /// A request as a test makes it: from the loopback, without headers.
    public static WebhookRequest of(String method, URI url, Bytes body, Instant receivedAt) {
        return new WebhookRequest(method, url, "", Map.of(), body, "127.0.0.1", receivedAt);
    }

    /// The same with this header instead of any of that name.
    public WebhookRequest header(String name, String value) {
        return headers(Headers.set(headers, name, List.of(value)));
    }

    /// The same without that header.
    public WebhookRequest withoutHeader(String name) {
        return headers(Headers.set(headers, name, List.of()));
    }

    /// The same with another body.
    public WebhookRequest body(Bytes bytes) {
        return new WebhookRequest(method, url, path, headers, bytes, remote, receivedAt);
    }

    /// The same behind the door.
    public WebhookRequest path(String behind) {
        return new WebhookRequest(method, url, behind, headers, body, remote, receivedAt);
    }

    private WebhookRequest headers(Map<String, List<String>> others) {
        return new WebhookRequest(method, url, path, others, body, remote, receivedAt);
    }

    /// The first header of that name, in whatever case (quickest in lower case); null where there
    /// is none.
    public @Nullable String header(String name) {
        return Headers.first(headers, name);
    }

    /// All headers of that name, in whatever case.
    public List<String> headers(String name) {
        return Headers.all(headers, name);
    }

    /// The first header of that name.
    ///
    /// @throws Malformed there is none
    public String need(String name) {
        return Headers.need(headers, name);
    }

    /// The body read as `application/x-www-form-urlencoded`: in order, repeats and empty values
    /// kept. Read anew at each call. The content type is not looked at.
    ///
    /// @throws Malformed a percent escape is broken
    public Fields form() {
        return Fields.decode(body);
    }

    /// The query of the url, read like a form.
    ///
    /// @throws Malformed a percent escape is broken
    public Fields query() {
        return Fields.decode(url.getRawQuery());
    }

    /// Method and path behind the door: all else may hold secrets or what a customer said.
    @Override
    public String toString() {
        return "WebhookRequest[" + method + " " + path + ", " + body + "]";
    }
}
