package io.tributary.wearables.mqtt;

import io.tributary.spi.Secret;
import io.tributary.spi.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Where the broker is, and who we are there.
///
/// @param host name or address
/// @param secure by TLS
/// @param authorities certificates in PEM that are trusted instead of the usual ones; empty: those
/// @param user null: nobody in particular
/// @param password null: none
record Broker(
        String host,
        int port,
        boolean secure,
        String authorities,
        @Nullable String user,
        @Nullable Secret password) {

    private static final int PLAIN_PORT = 1883;
    private static final int SECURE_PORT = 8883;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static Broker of(Settings settings) {
        URI uri = settings.uri("broker");
        boolean secure = isSecure(uri);
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? SECURE_PORT : PLAIN_PORT;
        return new Broker(
                uri.getHost(),
                port,
                secure,
                settings.text("authorities", ""),
                settings.has("user") ? settings.text("user") : null,
                settings.has("password") ? settings.secret("password") : null);
    }

    static boolean isSecure(URI uri) {
        return "mqtts".equals(uri.getScheme());
    }

    /// Reaches it. Ends when the thread is interrupted.
    Socket connect() throws IOException {
        var plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), millis(PATIENCE));
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(millis(PATIENCE));
            return secure ? secured(plain) : plain;
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
    }

    private Socket secured(Socket plain) throws IOException {
        try {
            var sockets = Authorities.context(authorities).getSocketFactory();
            var secured = (SSLSocket) sockets.createSocket(plain, host, port, true);
            var parameters = secured.getSSLParameters();
            // a certificate of somebody else's is none
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return secured;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("TLS cannot be set up", unusable);
        }
    }

    static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }

    /// Neither user nor password.
    @Override
    public String toString() {
        return "Broker[" + host + ":" + port + "]";
    }
}
