package io.tributary.host.http;

import io.tributary.model.Bytes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A feed over one WebSocket: a text message per event. The client has nothing to say but pings and
/// pongs.
final class SocketSink extends ClientSink {

    static final short NOT_TAKEN = 1008;
    static final short TOO_BIG = 1009;
    static final short BROKEN = 1002;
    static final short RESTART = 1012;
    static final short TRY_AGAIN = 1013;

    private static final String HEARTBEAT = "io.tributary.heartbeat.v1";
    private static final long PING_MILLIS = 20_000;
    private static final long GRACE_MILLIS = 2_000;
    private static final int PINGS_PER_PERIOD = 40;

    private final ServerWebSocket socket;
    private final Context context;
    private final List<String> pending = new ArrayList<>();
    private Runnable left = () -> {};
    private long pendingBytes;
    private long timer;
    private int silentPeriods;
    private int controlFrames;

    SocketSink(ServerWebSocket socket, Context context, int most) {
        super(most);
        this.socket = socket;
        this.context = context;
    }

    /// Watches the client; on the event loop.
    ///
    /// @param whenLeft runs when the client has gone
    void watch(Runnable whenLeft) {
        left = whenLeft;
        socket.frameHandler(this::received);
        socket.exceptionHandler(this::broken);
        socket.closeHandler(_ -> {
            context.owner().cancelTimer(timer);
            left.run();
        });
        timer = context.owner().setPeriodic(PING_MILLIS, _ -> ping());
    }

    @Override
    public void event(String cursor, String type, Bytes data) {
        pending.add(data.utf8());
        pendingBytes += data.length();
    }

    @Override
    public void signal(String type, Bytes data) {
        pending.add(data.utf8());
        pendingBytes += data.length();
    }

    @Override
    public void heartbeat(String cursor) {
        pending.add("{\"type\":\"" + HEARTBEAT + "\",\"cursor\":\"" + cursor + "\"}");
        pendingBytes += 100;
    }

    @Override
    public void flush() {
        if (pending.isEmpty() || hasEnded()) {
            return;
        }
        long bytes = pendingBytes;
        handedOver(bytes);
        @Nullable Future<Void> last = null;
        for (String message : pending) {
            last = socket.writeTextMessage(message);
        }
        pending.clear();
        pendingBytes = 0;
        if (last != null) {
            last.onComplete(_ -> sent(bytes));
        }
    }

    @Override
    public void end(Problem why) {
        if (!ending()) {
            return;
        }
        context.runOnContext(_ -> {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("type", EventStreamSink.ENDED);
            message.put("problem", Problems.object(why, socket.path(), ""));
            if (!socket.isClosed()) {
                socket.writeTextMessage(
                        new String(JsonText.of(message), java.nio.charset.StandardCharsets.UTF_8));
                close(
                        why.type() == ProblemType.UNAVAILABLE ? TRY_AGAIN : NOT_TAKEN,
                        why.type().slug());
            }
        });
    }

    @Override
    void stop() {
        if (ending()) {
            context.runOnContext(_ -> close(RESTART, "the member is stopping"));
        }
    }

    private void received(WebSocketFrame frame) {
        silentPeriods = 0;
        switch (frame.type()) {
            case TEXT, BINARY, CONTINUATION -> refuse(NOT_TAKEN, "nothing is taken here");
            case PING, PONG -> {
                if (++controlFrames > PINGS_PER_PERIOD) {
                    refuse(NOT_TAKEN, "too many control frames");
                }
            }
            case CLOSE -> {}
        }
    }

    private void broken(Throwable failure) {
        boolean big = String.valueOf(failure.getMessage()).contains("length");
        refuse(big ? TOO_BIG : BROKEN, big ? "the frame is too large" : "the frame cannot be read");
    }

    private void refuse(short code, String reason) {
        if (ending()) {
            close(code, reason);
        }
    }

    private void ping() {
        controlFrames = 0;
        if (++silentPeriods > 3) {
            refuse(NOT_TAKEN, "no pong came back");
        } else if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer());
        }
    }

    private void close(short code, String reason) {
        if (socket.isClosed()) {
            return;
        }
        long last = context.owner().setTimer(GRACE_MILLIS, _ -> left.run());
        socket.close(code, reason)
                .onComplete(_ -> {
                    context.owner().cancelTimer(last);
                    left.run();
                });
    }
}
