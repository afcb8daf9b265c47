package io.tributary.faults;

import io.tributary.bench.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/// One connection of the provider, that waits for each answer as long as a provider does.
final class Line implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Selector selector = Selector.open();
    private final Wire wire;

    Line(URI to) throws IOException {
        try {
            wire = new Wire(selector, to);
        } catch (IOException refused) {
            selector.close();
            throw refused;
        }
    }

    void ask(byte[] request) throws IOException {
        wire.ask(request, System.nanoTime(), 0);
    }

    /// @return the status of the answer
    /// @throws IOException the connection broke, or nothing came: nobody knows what became of it
    int answer() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long left = PATIENCE.toMillis();
                left > 0;
                left = (end - System.nanoTime()) / 1_000_000) {
            selector.select(left);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isWritable()) {
                    wire.flush();
                }
            }
            selector.selectedKeys().clear();
            int status = wire.read();
            if (status > 0) {
                return status;
            }
        }
        throw new IOException("no answer within " + PATIENCE.toSeconds() + " s");
    }

    @Override
    public void close() throws IOException {
        wire.close();
        selector.close();
    }
}
