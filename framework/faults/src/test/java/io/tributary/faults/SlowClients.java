package io.tributary.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Clients that begin a request and then send a byte now and then; or read nothing of the answer.
///
/// Whoever is sent away comes again, so that there are always as many.
final class SlowClients implements AutoCloseable {

    private static final int MILLIS_BETWEEN_BYTES = 500;
    private static final int SMALL = 4_096;

    private final URI member;
    private final byte[] begin;
    private final boolean reading;
    private final List<SocketChannel> open = new ArrayList<>();
    private final ByteBuffer answer = ByteBuffer.allocate(SMALL);
    private final ScheduledExecutorService ticking =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    private final AtomicLong sentAway = new AtomicLong();

    private SlowClients(URI member, String begin, boolean reading) {
        this.member = member;
        this.begin = begin.getBytes(StandardCharsets.US_ASCII);
        this.reading = reading;
    }

    /// A request of which one byte more comes every half second.
    static SlowClients dripping(URI member, int count, String begin) throws IOException {
        return new SlowClients(member, begin, true).open(count);
    }

    /// A whole request, whose answer nobody takes.
    static SlowClients deaf(URI member, int count, String request) throws IOException {
        return new SlowClients(member, request, false).open(count);
    }

    private SlowClients open(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            open.add(connect());
        }
        if (reading) {
            var _ =
                    ticking.scheduleAtFixedRate(
                            this::drip,
                            MILLIS_BETWEEN_BYTES,
                            MILLIS_BETWEEN_BYTES,
                            TimeUnit.MILLISECONDS);
        }
        return this;
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
        channel.connect(new InetSocketAddress(member.getHost(), member.getPort()));
        channel.write(ByteBuffer.wrap(begin));
        channel.configureBlocking(false);
        return channel;
    }

    private void drip() {
        for (int i = 0; i < open.size(); i++) {
            if (ended(open.get(i))) {
                sentAway.incrementAndGet();
                comeAgain(i);
            }
        }
    }

    private boolean ended(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap(new byte[] {'a'}));
            answer.clear();
            return channel.read(answer) < 0;
        } catch (IOException broken) {
            return true;
        }
    }

    private void comeAgain(int index) {
        try {
            open.get(index).close();
            open.set(index, connect());
        } catch (IOException refused) {
            // the next tick tries again: the old one is closed, which counts once more at the most
        }
    }

    /// How many the member has sent away so far.
    long sentAway() {
        return sentAway.get();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        ticking.shutdownNow();
        var _ = ticking.awaitTermination(10, TimeUnit.SECONDS);
        for (SocketChannel channel : open) {
            channel.close();
        }
    }
}
