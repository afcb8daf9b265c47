package io.tributary.sms.smpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// A connection to an SMSC, encrypted or not.
///
/// @param socket what is closed in the end: that ends a TLS connection above it, too, and does not
///   wait for anybody who writes
record Wire(Socket socket, InputStream in, OutputStream out) implements AutoCloseable {

    static final String PLAIN = "smpp";
    static final String ENCRYPTED = "smpps";

    /// @param trusted whom to trust beside a TLS connection; null: it is not encrypted
    static Wire connect(URI smsc, @Nullable SSLSocketFactory trusted, Duration patience)
            throws IOException {
        int milliseconds = Math.toIntExact(patience.toMillis());
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(smsc.getHost(), smsc.getPort()), milliseconds);
            if (trusted == null) {
                return new Wire(socket, socket.getInputStream(), socket.getOutputStream());
            }
            socket.setSoTimeout(milliseconds);
            var encrypted = encrypt(socket, smsc, trusted);
            socket.setSoTimeout(0);
            return new Wire(socket, encrypted.getInputStream(), encrypted.getOutputStream());
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    /// The certificate has to be the SMSC's, not only a good one.
    private static SSLSocket encrypt(Socket socket, URI smsc, SSLSocketFactory trusted)
            throws IOException {
        var encrypted =
                (SSLSocket) trusted.createSocket(socket, smsc.getHost(), smsc.getPort(), true);
        var parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
