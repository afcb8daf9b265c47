package io.tributary.bench;

import java.util.function.Supplier;
import java.util.stream.Stream;

/// Hands out requests that were made before, then others as they come.
final class Supply implements Supplier<byte[]> {

    private static final byte[] NOTHING = new byte[0];

    private final byte[][] requests;
    private final Supplier<byte[]> rest;
    private int next;

    private Supply(byte[][] requests, Supplier<byte[]> rest) {
        this.requests = requests;
        this.rest = rest;
    }

    /// Takes the first ones from the maker now, and the others as they are wanted.
    static Supply of(Supplier<byte[]> maker, int first) {
        return new Supply(Stream.generate(maker).limit(first).toArray(byte[][]::new), maker);
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
