package io.tributary.host.http;

import io.tributary.model.Bytes;
import io.tributary.spi.Frame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One device's socket. Frames are read one at a time, when they are asked for; meanwhile the
/// device's sending comes to a halt by itself. What is sent and asked comes from any thread, all
/// else happens on its event loop.
final class DeviceSocket implements Devices.Socket {

    private static final int CONTROLS_PER_PERIOD = 40;
    private static final long FAREWELL_MILLIS = 5_000;

    /// A message of the largest size in pieces of a kilobyte; pieces themselves may be empty.
    private static final int MOST_PIECES = 64;

    /// In bytes: RFC 6455, section 5.5, less the code.
    private static final int LONGEST_REASON = 123;

    private static final short BAD_TEXT = 1007;

    private final ServerWebSocket socket;
    private final Context context;
    private final Devices.Guest guest;
    private final int largest;
    private final Consumer<DeviceSocket> whenGone;
    private final AtomicLong unsent = new AtomicLong();
    private @Nullable Buffer begun;
    private boolean text;
    private int silentPeriods;
    private int controls;
    private int pieces;
    private boolean closing;
    private boolean gone;

    /// What is sent now would not arrive.
    private volatile boolean refusing;

    /// @param largest bytes of a message, all its pieces together
    DeviceSocket(
            ServerWebSocket socket,
            Context context,
            Devices.Guest guest,
            int largest,
            Consumer<DeviceSocket> whenGone) {
        this.socket = socket;
        this.context = context;
        this.guest = guest;
        this.largest = largest;
        this.whenGone = whenGone;
    }

    void begin() {
        socket.pause();
        socket.frameHandler(this::received);
        socket.pongHandler(_ -> silentPeriods = 0);
        socket.exceptionHandler(this::broken);
        socket.closeHandler(_ -> gone());
        guest.entered(this);
    }

    @Override
    public CompletableFuture<Void> send(Frame frame) {
        if (refusing) {
            return CompletableFuture.failedFuture(new IOException("the socket is being closed"));
        }
        long length = length(frame);
        unsent.addAndGet(length);
        Future<Void> written;
        try {
            written =
                    switch (frame) {
                        case Frame.Text(String said) -> socket.writeTextMessage(said);
                        case Frame.Binary(Bytes bytes) ->
                                socket.writeBinaryMessage(Writer.buffer(bytes));
                    };
        } catch (IllegalStateException closed) {
            written = Future.failedFuture(new IOException("the socket is gone"));
        }
        var sent = new CompletableFuture<Void>();
        written.onComplete(done -> {
            unsent.addAndGet(-length);
            if (done.succeeded()) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(new IOException("the socket is gone"));
            }
        });
        return sent;
    }

    /// At least; text takes as many bytes as it has characters.
    private static long length(Frame frame) {
        return switch (frame) {
            case Frame.Text(String said) -> said.length();
            case Frame.Binary(Bytes bytes) -> bytes.length();
        };
    }

    @Override
    public long unsent() {
        return unsent.get();
    }

    @Override
    public void next(Duration pause) {
        context.runOnContext(_ -> {
            if (pause.isPositive()) {
                context.owner().setTimer(Math.max(1, pause.toMillis()), _ -> socket.fetch(1));
            } else {
                socket.fetch(1);
            }
        });
    }

    @Override
    public void close(int code, String reason) {
        refusing = true;
        context.runOnContext(_ -> closeNow((short) code, reason));
    }

    private void closeNow(short code, String reason) {
        if (closing || gone) {
            return;
        }
        refusing = true;
        closing = true;
        begun = null;
        socket.close(code, fitting(reason));
        // the other side's farewell is read as well
        socket.fetch(Long.MAX_VALUE);
        context.owner().setTimer(FAREWELL_MILLIS, _ -> cut());
    }

    /// A device that reads nothing never gets to our farewell, and the server would wait for it as
    /// long as the network does.
    private void cut() {
        if (!gone && socket instanceof WebSocketInternal inner) {
            var _ = inner.channelHandlerContext().close();
        }
    }

    /// As much of a reason as a close frame holds, in whole characters.
    private static String fitting(String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_REASON) {
            return reason;
        }
        int end = LONGEST_REASON;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private void received(WebSocketFrame frame) {
        silentPeriods = 0;
        if (closing) {
            return;
        }
        switch (frame.type()) {
            case TEXT, BINARY -> {
                text = frame.isText();
                take(frame.binaryData(), frame.isFinal());
            }
            case CONTINUATION -> take(frame.binaryData(), frame.isFinal());
            case PING, PONG -> {
                if (++controls > CONTROLS_PER_PERIOD) {
                    closeNow(SocketSink.NOT_TAKEN, "too many control frames");
                }
            }
            case CLOSE -> {}
        }
    }

    private void take(Buffer piece, boolean last) {
        Buffer before = begun;
        if ((before == null ? 0 : before.length()) + piece.length() > largest) {
            closeNow(SocketSink.TOO_BIG, "the message is too large");
            return;
        }
        Buffer all = before == null ? piece : before.appendBuffer(piece);
        if (!last && ++pieces >= MOST_PIECES) {
            closeNow(SocketSink.NOT_TAKEN, "the message comes in too many pieces");
            return;
        }
        if (!last) {
            // a copy: what was read belongs to the network
            begun = before == null ? Buffer.buffer(piece.getBytes()) : all;
            socket.fetch(1);
            return;
        }
        begun = null;
        pieces = 0;
        Frame frame = frame(all.getBytes());
        if (frame == null) {
            closeNow(BAD_TEXT, "the text is not UTF-8");
        } else {
            guest.said(frame);
        }
    }

    private @Nullable Frame frame(byte[] bytes) {
        if (!text) {
            return Frame.binary(Bytes.wrap(bytes));
        }
        try {
            return Frame.text(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }

    private void broken(Throwable failure) {
        boolean big = String.valueOf(failure.getMessage()).contains("length");
        closeNow(
                big ? SocketSink.TOO_BIG : SocketSink.BROKEN,
                big ? "the frame is too large" : "the frame cannot be read");
    }

    /// Called once in a while: sends a ping, and lets go of who has not answered the last ones.
    void ping() {
        controls = 0;
        if (++silentPeriods > 3) {
            closeNow(SocketSink.NOT_TAKEN, "no pong came back");
        } else if (!closing && !socket.isClosed()) {
            socket.writePing(Buffer.buffer());
        }
    }

    /// What was read before the end is said before the guest is told of it.
    private void gone() {
        if (gone) {
            return;
        }
        refusing = true;
        gone = true;
        whenGone.accept(this);
        socket.fetch(Long.MAX_VALUE);
        context.runOnContext(_ -> guest.left());
    }
}
