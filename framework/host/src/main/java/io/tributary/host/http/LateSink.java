package io.tributary.host.http;

import io.tributary.model.Bytes;
import org.jspecify.annotations.Nullable;

/// Stands for a sink whose WebSocket is not shaken yet: not ready.
final class LateSink implements Routes.Sink {

    private @Nullable Problem ended;
    private volatile @Nullable ClientSink real;

    synchronized void become(ClientSink sink) {
        real = sink;
        if (ended != null) {
            sink.end(ended);
        }
    }

    @Override
    public boolean ready() {
        ClientSink sink = real;
        return sink != null && sink.ready();
    }

    @Override
    public void event(String cursor, String type, Bytes data) {
        need().event(cursor, type, data);
    }

    @Override
    public void signal(String type, Bytes data) {
        need().signal(type, data);
    }

    @Override
    public void heartbeat(String cursor) {
        need().heartbeat(cursor);
    }

    @Override
    public void flush() {
        need().flush();
    }

    @Override
    public synchronized void end(Problem why) {
        ClientSink sink = real;
        if (sink == null) {
            ended = why;
        } else {
            sink.end(why);
        }
    }

    private ClientSink need() {
        ClientSink sink = real;
        if (sink == null) {
            throw new IllegalStateException("the client is not there yet");
        }
        return sink;
    }
}
