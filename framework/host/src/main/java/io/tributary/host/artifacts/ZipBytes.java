package io.tributary.host.artifacts;

import io.tributary.model.Bytes;

/// Reads numbers out of a ZIP file's bytes; whoever points outside of them is refused.
record ZipBytes(Bytes bytes) {

    static final String UNREADABLE = "it is no readable jar; copy it again";

    int length() {
        return bytes.length();
    }

    int u16(int at) throws Rejected {
        need(at, 2);
        return octet(at) | octet(at + 1) << 8;
    }

    long u32(int at) throws Rejected {
        need(at, 4);
        return u16(at) | (long) u16(at + 2) << 16;
    }

    /// Whether the four bytes there are this, read as one number.
    boolean has(int signature, int at) throws Rejected {
        return at >= 0 && at + 4L <= bytes.length() && u32(at) == Integer.toUnsignedLong(signature);
    }

    Bytes slice(long at, long length) throws Rejected {
        need(at, length);
        return bytes.slice((int) at, (int) (at + length));
    }

    private int octet(int at) {
        return bytes.at(at) & 0xFF;
    }

    private void need(long at, long length) throws Rejected {
        if (at < 0 || length < 0 || at + length > bytes.length()) {
            throw new Rejected(UNREADABLE);
        }
    }
}
