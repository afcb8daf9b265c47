package io.tributary.spi;

import io.tributary.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way out to a provider.
///
/// Calls block. The host holds the egress rules (public addresses, unless an operator allowed
/// more), bounds sizes and times, follows no redirect, and traces calls without what is secret in
/// them.
@HostProvided
public interface Http {

    /// Sends one request and reads the whole answer.
    ///
    /// @return whatever the server answered, 4xx and 5xx too
    /// @throws Failure no whole answer came
    /// @throws InterruptedException the plugin call's deadline passed, or the account was closed;
    ///   the request may or may not have been taken
    Answer send(Call call) throws Failure, InterruptedException;

    /// One request.
    ///
    /// @param headers by lower-case name
    record Call(String method, URI uri, Map<String, List<String>> headers, Bytes body) {

        public Call {
            Shape.name(method, "an HTTP method");
            if (!uri.isAbsolute() || uri.getHost() == null) {
                throw new IllegalArgumentException("a call needs an absolute uri with a host");
            }
            headers = Map.copyOf(headers);
        }

        /// A request without body.
        public static Call of(String method, URI uri) {
            return new Call(method, uri, Map.of(), Bytes.EMPTY);
        }

        public static Call get(URI uri) {
            return of("GET", uri);
        }

        public static Call delete(URI uri) {
            return of("DELETE", uri);
        }

        /// Posts a body.
        ///
        /// @param type the body's media type
        public static Call post(URI uri, String type, Bytes body) {
            return of("POST", uri).body(type, body);
        }

        /// Posts `application/x-www-form-urlencoded`.
        public static Call post(URI uri, Fields form) {
            return post(uri, "application/x-www-form-urlencoded", form.encode());
        }

        /// Puts a body.
        ///
        /// @param type the body's media type
        public static Call put(URI uri, String type, Bytes body) {
            return of("PUT", uri).body(type, body);
        }

        /// The same with this header instead of any of that name.
        public Call header(String name, String value) {
            return new Call(method, uri, Headers.set(headers, name, List.of(value)), body);
        }

        /// The same with this body.
        public Call body(String type, Bytes bytes) {
            var typed = Headers.set(headers, "content-type", List.of(type));
            return new Call(method, uri, typed, bytes);
        }

        /// Method and host: path, query, headers and body may hold secrets.
        @Override
        public String toString() {
            return "Call[" + method + " " + uri.getHost() + "]";
        }
    }

    /// One answer.
    ///
    /// @param status 100 to 599
    /// @param headers by lower-case name
    record Answer(int status, Map<String, List<String>> headers, Bytes body) {

        public Answer {
            Shape.status(status, 100, 599);
            headers = Map.copyOf(headers);
        }

        public static Answer of(int status) {
            return new Answer(status, Map.of(), Bytes.EMPTY);
        }

        /// The same with this header instead of any of that name.
        public Answer header(String name, String value) {
            return new Answer(status, Headers.set(headers, name, List.of(value)), body);
        }

        /// The same with this body.
        public Answer body(Bytes bytes) {
            return new Answer(status, headers, bytes);
        }

        /// Whether the status is 200 to 299.
        public boolean successful() {
            return status >= 200 && status < 300;
        }

        /// The first header of that name, in whatever case; null where there is none.
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

        /// Status and size.
        @Override
        public String toString() {
            return "Answer[" + status + ", " + body + "]";
        }
    }

    /// No whole answer came.
    final class Failure extends IOException {

        private static final long serialVersionUID = 1;

        private final boolean written;

        /// Says what is wrong, and never what was asked for.
        ///
        /// @param written whether the server may have seen the request
        public Failure(String message, boolean written, @Nullable Throwable cause) {
            super(message, cause);
            this.written = written;
        }

        /// Whether the server may have seen the request. False is a promise: it surely has not
        /// (refused by egress rules, no address, no connection, no TLS).
        public boolean written() {
            return written;
        }
    }
}
