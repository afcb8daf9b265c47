package io.tributary.twilio.simulator;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the simulated Twilio is like. A value: each method with an argument answers a changed copy.
///
/// Without changes: a free port on the loopback, one account with one US number, no webhook yet,
/// and everything is delivered.
public final class Options {

    private int port;
    private String accountSid = "AC" + "0".repeat(31) + "1";
    private String authToken = "simulated-auth-token";
    private List<String> numbers = List.of("+15005550006");
    private @Nullable String messagingService;
    private @Nullable URI webhook;
    private Course course = Course.DELIVERED;
    private boolean advancedOptOut = true;
    private boolean redirectsMedia = true;
    private boolean byGet;

    /// Nothing changed yet.
    public Options() {}

    private Options(Options other) {
        port = other.port;
        accountSid = other.accountSid;
        authToken = other.authToken;
        numbers = other.numbers;
        messagingService = other.messagingService;
        webhook = other.webhook;
        course = other.course;
        advancedOptOut = other.advancedOptOut;
        redirectsMedia = other.redirectsMedia;
        byGet = other.byGet;
    }

    /// The port to listen on, on the loopback only; 0: any free one.
    public Options port(int other) {
        var changed = copy();
        changed.port = other;
        return changed;
    }

    /// The only account there is.
    ///
    /// @param token its password for the API and its key for signatures
    public Options account(String sid, String token) {
        var changed = copy();
        changed.accountSid = sid;
        changed.authToken = token;
        return changed;
    }

    /// The account's phone numbers (E.164) and short codes, at least one, instead of those before.
    public Options numbers(String... others) {
        if (others.length == 0) {
            throw new IllegalArgumentException("an account needs at least one number");
        }
        var changed = copy();
        changed.numbers = List.of(others);
        return changed;
    }

    /// A messaging service with all numbers in its pool.
    public Options messagingService(String sid) {
        var changed = copy();
        changed.messagingService = sid;
        return changed;
    }

    /// Where messages from customers go, with its `#rc=…` fragment if any.
    public Options webhook(URI url) {
        var changed = copy();
        changed.webhook = url;
        return changed;
    }

    /// How messages to customers fare unless [Simulator#course(Course)] says otherwise.
    public Options course(Course other) {
        var changed = copy();
        changed.course = other;
        return changed;
    }

    /// Whether webhooks carry `OptOutType`, as they do where Advanced Opt-Out is on; STOP works
    /// anyway.
    public Options advancedOptOut(boolean on) {
        var changed = copy();
        changed.advancedOptOut = on;
        return changed;
    }

    /// Whether media are answered by a redirect to another address, as Twilio does.
    public Options redirectsMedia(boolean on) {
        var changed = copy();
        changed.redirectsMedia = on;
        return changed;
    }

    /// Whether webhooks for messages come as GET with a query instead of POST with a form.
    public Options byGet(boolean on) {
        var changed = copy();
        changed.byGet = on;
        return changed;
    }

    public int port() {
        return port;
    }

    public String accountSid() {
        return accountSid;
    }

    public String authToken() {
        return authToken;
    }

    public List<String> numbers() {
        return numbers;
    }

    /// Null: it has none.
    public @Nullable String messagingService() {
        return messagingService;
    }

    /// Null: nowhere.
    public @Nullable URI webhook() {
        return webhook;
    }

    public Course course() {
        return course;
    }

    public boolean advancedOptOut() {
        return advancedOptOut;
    }

    public boolean redirectsMedia() {
        return redirectsMedia;
    }

    public boolean byGet() {
        return byGet;
    }

    private Options copy() {
        return new Options(this);
    }

    /// Without the auth token.
    @Override
    public String toString() {
        return "Options[" + accountSid + ", " + numbers + "]";
    }
}
