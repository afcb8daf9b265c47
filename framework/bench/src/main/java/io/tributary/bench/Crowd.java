package io.tributary.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Many idle sockets on one thread.
final class Crowd implements AutoCloseable, SelectorLoop.Work {

    /// A member is not to be knocked down.
    private static final int AT_THE_DOOR = 64;

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long REST_MILLIS = 100;

    private final SelectorLoop loop = new SelectorLoop("crowd", this);
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final URI member;
    private final InetSocketAddress from;
    private final IntFunction<Knock> knocks;
    private final int most;
    private final AtomicInteger there = new AtomicInteger();

    /// On the loop's thread.
    private int knocked;

    /// How one comes in.
    ///
    /// @param handshake the whole request
    /// @param hello what it says then; null: nothing. The member says something either way
    record Knock(String handshake, @Nullable String hello) {}

    private Crowd(URI member, String from, int most, IntFunction<Knock> knocks) throws IOException {
        this.member = member;
        this.from = new InetSocketAddress(from, 0);
        this.most = most;
        this.knocks = knocks;
    }

    /// Opens so many, and returns when the member has spoken with each.
    ///
    /// @param from an address of this machine: ports of closed sockets are free again after a
    ///   minute only, so another crowd takes another one
    static Crowd open(URI member, String from, int most, IntFunction<Knock> knocks)
            throws IOException {
        var crowd = new Crowd(member, from, most, knocks);
        crowd.loop.start();
        try {
            crowd.loop.await(
                    () -> crowd.there.get() == most,
                    PATIENCE,
                    () -> "only %d of %d came in".formatted(crowd.there.get(), most));
            return crowd;
        } catch (IOException broken) {
            crowd.close();
            throw broken;
        }
    }

    /// @throws IOException one was closed
    void check() throws IOException {
        loop.check();
    }

    @Override
    public long turn(Selector selector) throws IOException {
        while (knocked < most && knocked - there.get() < AT_THE_DOOR) {
            Knock knock = knocks.apply(knocked++);
            // the selector has it
            var _ = new IdleSocket(selector, from, member, knock.handshake(), knock.hello());
        }
        return REST_MILLIS;
    }

    @Override
    public void serve(SelectionKey key) throws IOException {
        var socket = (IdleSocket) key.attachment();
        boolean before = socket.isThere();
        socket.read(buffer);
        if (!before && socket.isThere()) {
            there.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }
}
