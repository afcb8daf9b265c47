package io.tributary.webchat;

import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceVerdict;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides who may connect: a widget on one of the account's sites, in a browser that has a secret,
/// and that says of its user nothing but what the site has signed.
///
/// Browsers cannot set headers on a WebSocket; what is secret comes as a subprotocol, since
/// addresses end in logs.
final class Admission {

    /// The frames that are spoken; the only subprotocol that is ever chosen.
    static final String PROTOCOL = "webchat.v1";

    private static final String VISITOR = "visitor.";
    private static final String IDENTITY = "identity.";
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern LANGUAGE =
            Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}");

    /// As much of an IPv6 address as one customer of a provider has.
    private static final int NETWORK_BYTES = 8;

    private final Sites sites;
    private final SiteTokens tokens;
    private final Pace connections;
    private final InstantSource clock;

    Admission(Sites sites, SiteTokens tokens, Pace connections, InstantSource clock) {
        this.sites = sites;
        this.tokens = tokens;
        this.connections = connections;
        this.clock = clock;
    }

    /// What it decided: one of both is there.
    record Decision(@Nullable Guest guest, DeviceVerdict.@Nullable Refused refused) {

        private static Decision refuse(int status, String reason) {
            return new Decision(null, DeviceVerdict.refused(status, reason));
        }
    }

    Decision decide(DeviceHandshake handshake) {
        var origins = handshake.headers().getOrDefault("origin", List.of());
        if (origins.size() != 1 || !sites.contain(origins.getFirst())) {
            return Decision.refuse(403, "the site may not embed the widget");
        }
        if (!handshake.subprotocols().contains(PROTOCOL)) {
            return Decision.refuse(400, "the widget speaks another protocol");
        }
        var secret = after(VISITOR, handshake.subprotocols());
        if (secret == null || !SECRET.matcher(secret).matches()) {
            return Decision.refuse(400, "the visitor has no secret");
        }
        boolean goesOn = handshake.parked() != null;
        if (!goesOn && !connections.take(network(handshake.remote())).isZero()) {
            return Decision.refuse(429, "too many connections from there");
        }
        return identified(handshake, origins.getFirst(), secret, goesOn);
    }

    private Decision identified(
            DeviceHandshake handshake, String origin, String secret, boolean goesOn) {
        var token = after(IDENTITY, handshake.subprotocols());
        var user = token == null ? null : tokens.user(token, clock.instant(), goesOn);
        if (token != null && user == null) {
            return Decision.refuse(401, "the site has not signed who that is");
        }
        var language = handshake.query().get("lang");
        boolean spoken = language != null && LANGUAGE.matcher(language).matches();
        return new Decision(
                new Guest(address(secret), Sites.line(origin), spoken ? language : null, user),
                null);
    }

    private static @Nullable String after(String beginning, List<String> offered) {
        for (var each : offered) {
            if (each.startsWith(beginning)) {
                return each.substring(beginning.length());
            }
        }
        return null;
    }

    /// Names the browser without giving its secret away.
    static String address(String secret) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((VISITOR + secret).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// What visitors who come from one place share.
    static String network(String remote) {
        try {
            var bytes = InetAddress.ofLiteral(remote).getAddress();
            return bytes.length > 2 * NETWORK_BYTES - 1
                    ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES)
                    : remote;
        } catch (IllegalArgumentException noAddress) {
            return remote;
        }
    }
}
