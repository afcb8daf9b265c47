package io.tributary.bench;

import java.util.function.Supplier;

/// Hands out requests that were made before; ends the run loudly when there are no more.
public final class Supply implements Supplier<byte[]> {

    private final byte[][] requests;
    private int next;

    public Supply(byte[][] requests) {
        this.requests = requests;
    }

    @Override
    public byte[] get() {
        if (next == requests.length) {
            throw new IllegalStateException(
                    "all " + requests.length + " requests are used up: make more or run shorter");
        }
        byte[] request = requests[next];
        // what was sent is garbage at once
        requests[next++] = NOTHING;
        return request;
    }

    private static final byte[] NOTHING = new byte[0];
}
