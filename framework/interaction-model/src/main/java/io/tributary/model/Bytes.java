package io.tributary.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;

/// Bytes that nobody can change any more; possibly a section of a larger array, without a copy.
///
/// Two are equal when they hold the same bytes. The text form tells only how many there are.
public final class Bytes {

    /// No bytes.
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /// A copy of the array.
    public static Bytes of(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array.clone(), 0, array.length);
    }

    /// The text in UTF-8.
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The array itself, without a copy. Only for callers that made the array and never touch it
    /// again: whoever changes it afterwards breaks every reader.
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
    }

    /// A section of the array itself, without a copy. The same warning as for [#wrap(byte[])].
    ///
    /// @throws IndexOutOfBoundsException the section leaves the array
    public static Bytes wrap(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return length == 0 ? EMPTY : new Bytes(array, offset, length);
    }

    /// How many bytes there are.
    public int length() {
        return length;
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return length == 0;
    }

    /// The byte at an index, from 0.
    ///
    /// @throws IndexOutOfBoundsException there is no such index
    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /// The bytes from an index (included) to another (not included), without a copy.
    ///
    /// @throws IndexOutOfBoundsException the section leaves these bytes
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        return from == to ? EMPTY : new Bytes(array, offset + from, to - from);
    }

    /// A copy as an array.
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /// A stream over the bytes, without a copy. It does not need to be closed.
    public InputStream asStream() {
        return new ByteArrayInputStream(array, offset, length);
    }

    /// A read-only view of the bytes, without a copy.
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    /// Writes all bytes, without a copy in between.
    public void writeTo(OutputStream out) throws IOException {
        out.write(array, offset, length);
    }

    /// The text that the bytes are in UTF-8. What is not UTF-8 becomes U+FFFD.
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(
                        array,
                        offset,
                        offset + length,
                        that.array,
                        that.offset,
                        that.offset + that.length);
    }

    @Override
    public int hashCode() {
        var sum = new CRC32();
        sum.update(array, offset, length);
        return (int) sum.getValue();
    }

    /// How many bytes there are, never which: they may be a secret or what a customer said.
    @Override
    public String toString() {
        return "Bytes[" + length + "]";
    }
}
