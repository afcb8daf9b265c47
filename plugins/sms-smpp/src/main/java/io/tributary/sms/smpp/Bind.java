package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.spi.Secret;
import io.tributary.spi.Settings;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Connects to an SMSC and binds (SMPP 3.4, 4.1).
final class Bind {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration ALIVE = Duration.ofSeconds(30);
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final int VERSION = 0x34;
    private static final String PAIR = "pair";

    private final Settings settings;
    private final Executor executor;
    private final URI smsc;
    private final Secret password;
    private final @Nullable SSLSocketFactory trusted;

    /// @param executor runs what listens and what keeps alive, until the connection ends
    Bind(Settings settings, Executor executor) {
        this.settings = settings;
        this.executor = executor;
        this.smsc = settings.uri("url");
        this.password = settings.secret("password");
        this.trusted = smsc.getScheme().equals(Wire.ENCRYPTED) ? trusted(settings) : null;
    }

    private static SSLSocketFactory trusted(Settings settings) {
        try {
            return settings.has("certificateAuthority")
                    ? Trust.of(settings.text("certificateAuthority"))
                    : Trust.usual();
        } catch (GeneralSecurityException unreadable) {
            throw new Settings.Unusable("certificateAuthority", "holds no certificate");
        }
    }

    /// How to bind: one session both ways, or one for each.
    List<Integer> commands() {
        return settings.text("bind", "transceiver").equals(PAIR)
                ? List.of(Pdu.BIND_TRANSMITTER, Pdu.BIND_RECEIVER)
                : List.of(Pdu.BIND_TRANSCEIVER);
    }

    /// Opens one session and waits for the SMSC to let it in.
    Link open(int command, Consumer<Link.Heard> arrivals) throws IOException, InterruptedException {
        var patience = settings.duration("answerWithin", PATIENCE);
        var link = new Link(Wire.connect(smsc, trusted, CONNECTING), patience, arrivals);
        try {
            executor.execute(link::listen);
            var answer = link.ask(command, body());
            if (answer.status() != CommandStatus.OK) {
                throw new BindRefused(answer.status());
            }
            if (answer.command() != (command | Pdu.RESPONSE)) {
                throw new IOException("what answers is no SMSC");
            }
            var alive = settings.duration("enquireLink", ALIVE);
            executor.execute(() -> link.keepAlive(alive));
            return link;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            link.close();
            throw failed;
        }
    }

    private Bytes body() {
        return new BodyWriter()
                .text(settings.text("systemId"))
                .text(password.reveal())
                .text(settings.text("systemType", ""))
                .octet(VERSION)
                .octet(NumberForm.UNKNOWN)
                .octet(NumberForm.UNKNOWN)
                .text(settings.text("addressRange", ""))
                .bytes();
    }

    /// Whether the SMSC can be connected to. It does not bind: carriers count binds, and some end
    /// the one before.
    void reach() throws IOException {
        try (var wire = Wire.connect(smsc, trusted, CONNECTING)) {
            if (wire.socket().isClosed()) {
                throw new IOException("the connection was closed at once");
            }
        }
    }
}
