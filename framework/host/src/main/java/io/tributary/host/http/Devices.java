package io.tributary.host.http;

import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Takes the sockets of devices: `/channels/{account}/connect/…`.
@FunctionalInterface
public interface Devices {

    /// What may come through one socket, and how it is known to live.
    ///
    /// @param frame bytes of a message, all its pieces together
    /// @param ping time between two pings; who answers none for three such times is let go
    record Limits(int frame, Duration ping) {

        /// What suits most.
        public static final Limits USUAL = new Limits(64 * 1_024, Duration.ofSeconds(20));
    }

    /// The same for all sockets, for good.
    default Limits limits() {
        return Limits.USUAL;
    }

    /// A device knocks. Called on an event loop: hands over and returns. The answer may come on any
    /// thread.
    ///
    /// @param account as it stands in the path, unchecked
    CompletableFuture<Admission> knock(String account, DeviceHandshake handshake);

    /// Whether a device may come in.
    sealed interface Admission {

        /// It may.
        ///
        /// @param subprotocol one of those that it offered; null: none
        record Admitted(@Nullable String subprotocol, Guest guest) implements Admission {}

        /// It may not.
        ///
        /// @param status 400 to 599
        record Refused(int status) implements Admission {}
    }

    /// Is told what happens on one socket. Called on an event loop: hands over and returns.
    interface Guest {

        /// The handshake was answered. Nothing is read until [Socket#next] says so.
        void entered(Socket socket);

        /// The device said something.
        void said(Frame frame);

        /// The socket is gone, or never came to be. Once; nothing is said afterwards.
        void left();
    }

    /// One device's socket. Thread safe.
    interface Socket {

        /// Sends a frame, after those before.
        ///
        /// @return completes when it has been handed to the network; fails when the socket is gone
        CompletableFuture<Void> send(Frame frame);

        /// Bytes that were sent and are not yet handed to the network.
        long unsent();

        /// Reads one frame more, after this time.
        void next(Duration pause);

        /// Closes the socket; what was sent before goes out first.
        void close(int code, String reason);
    }
}
