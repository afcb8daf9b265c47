package io.tributary.host.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tributary.model.Bytes;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Server-sent events over one response.
final class EventStreamSink extends ClientSink {

    static final String ENDED = "io.tributary.ended.v1";

    private static final byte[] ID = "id: ".getBytes(US_ASCII);
    private static final byte[] TYPE = "\nevent: ".getBytes(US_ASCII);
    private static final byte[] NAME = "event: ".getBytes(US_ASCII);
    private static final byte[] DATA = "\ndata: ".getBytes(US_ASCII);
    private static final byte[] END = "\n\n".getBytes(US_ASCII);
    private static final byte[] ALIVE = "\n: alive\n\n".getBytes(US_ASCII);
    private static final long GRACE_MILLIS = 2_000;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final Runnable left;
    private final Assembly pending = new Assembly();
    private boolean begun;

    /// @param left runs when it has ended, whoever ended it
    EventStreamSink(
            HttpServerRequest request, Context context, int most, Consumer<EventStreamSink> left) {
        super(most);
        this.left = () -> left.accept(this);
        this.request = request;
        this.response = request.response();
        this.context = context;
    }

    /// Sends the head; on the event loop, once the feed is open.
    void head() {
        begun = true;
        response.putHeader("Content-Type", "text/event-stream");
        Writer.guard(
                response,
                Map.of("Cache-Control", "no-store, no-transform", "X-Accel-Buffering", "no"));
        response.setChunked(true);
        // a client that lost its connection waits a moment, so that not all come back at once
        response.write("retry: " + (1_000 + (int) (Math.random() * 2_000)) + "\n\n");
    }

    @Override
    public void event(String cursor, String type, Bytes data) {
        pending.bytes(ID).ascii(cursor).bytes(TYPE).ascii(type).bytes(DATA).bytes(data).bytes(END);
    }

    @Override
    public void signal(String type, Bytes data) {
        pending.bytes(NAME).ascii(type).bytes(DATA).bytes(data).bytes(END);
    }

    /// An `id` without data moves a browser's last event id and wakes nobody.
    @Override
    public void heartbeat(String cursor) {
        pending.bytes(ID).ascii(cursor).bytes(ALIVE);
    }

    @Override
    public void flush() {
        if (pending.isEmpty() || hasEnded()) {
            return;
        }
        Buffer chunk = pending.take();
        int length = chunk.length();
        handedOver(length);
        context.runOnContext(_ -> {
            // who ended it meanwhile was here first
            if (!response.ended()) {
                response.write(chunk).onComplete(_ -> sent(length));
            }
        });
    }

    @Override
    public void end(Problem why) {
        if (ending()) {
            context.runOnContext(_ -> last(why));
        }
    }

    @Override
    void stop() {
        if (ending()) {
            context.runOnContext(_ -> close());
        }
    }

    private void last(Problem why) {
        if (response.closed() || response.ended()) {
            return;
        }
        if (!begun) {
            head();
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", ENDED);
        message.put(
                "problem",
                Problems.object(
                        why, java.util.Objects.requireNonNullElse(request.path(), "/"), ""));
        response.write(
                "event: "
                        + ENDED
                        + "\ndata: "
                        + new String(JsonText.of(message), java.nio.charset.StandardCharsets.UTF_8)
                        + "\n\n");
        close();
    }

    /// Ends the response, and the connection as well if the client does not take that.
    private void close() {
        if (response.closed() || response.ended()) {
            return;
        }
        var connection = request.connection();
        long timer =
                context.owner()
                        .setTimer(
                                GRACE_MILLIS,
                                _ -> {
                                    connection.close();
                                    left.run();
                                });
        response.end()
                .onComplete(_ -> {
                    context.owner().cancelTimer(timer);
                    left.run();
                });
    }
}
