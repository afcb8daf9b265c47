package io.tributary.bench;

import java.util.function.Supplier;

/// Hands out requests that were made before, then others as they come.
final class Supply implements Supplier<byte[]> {

    private static final byte[] NOTHING = new byte[0];

    private final byte[][] requests;
    private final Supplier<byte[]> rest;
    private int next;

    Supply(byte[][] requests, Supplier<byte[]> rest) {
        this.requests = requests;
        this.rest = rest;
    }

    @Override
    public byte[] get() {
        if (next == requests.length) {
            return rest.get();
        }
        byte[] request = requests[next];
        // what was sent is garbage at once
        requests[next++] = NOTHING;
        return request;
    }
}
