package io.tributary.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/// The provider's own record, on disk and outside the member: what it says survives whatever
/// happens to the member, and to who writes it.
///
/// Each call returns when its line is synced; lines that come meanwhile are synced together. Thread
/// safe.
final class Ledger implements AutoCloseable {

    static final String SENT = "sent";
    static final String AGAIN = "again";
    static final String ACKNOWLEDGED = "acknowledged";

    private final Line last = new Line("", new CompletableFuture<>());

    private final FileChannel channel;
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private final Thread writer = Thread.ofPlatform().name("ledger").unstarted(this::write);

    private record Line(String text, CompletableFuture<Void> durable) {}

    private Ledger(FileChannel channel) {
        this.channel = channel;
        writer.start();
    }

    static Ledger create(Path file) throws IOException {
        return new Ledger(
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /// Before the first byte of it leaves.
    void sent(Message message) {
        append(SENT + ' ' + message.number() + ' ' + message.sender() + ' ' + message.text());
    }

    /// Before it is tried again.
    void again(Message message) {
        append(AGAIN + ' ' + message.number());
    }

    /// When the member has said that it has it.
    void acknowledged(Message message) {
        append(ACKNOWLEDGED + ' ' + message.number());
    }

    private void append(String text) {
        if (closed) {
            throw new IllegalStateException("the ledger is closed");
        }
        var line = new Line(text + '\n', new CompletableFuture<>());
        lines.add(line);
        line.durable.join();
    }

    private void write() {
        List<Line> together = new ArrayList<>();
        try {
            do {
                together.clear();
                together.add(lines.take());
                lines.drainTo(together);
                var text = new StringBuilder();
                together.forEach(line -> text.append(line.text));
                force(text.toString());
                together.forEach(line -> line.durable.complete(null));
            } while (!together.contains(last));
        } catch (InterruptedException | IOException failed) {
            // whoever waits must not go on as if it were written
            together.forEach(line -> line.durable.completeExceptionally(failed));
        }
    }

    private void force(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() {
        closed = true;
        lines.add(last);
        try {
            writer.join();
            channel.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
