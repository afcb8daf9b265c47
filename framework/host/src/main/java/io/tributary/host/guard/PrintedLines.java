package io.tributary.host.guard;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Gives on line by line what is printed, each cut to a length that a log can bear. A line that
/// nobody wants is not even decoded.
final class PrintedLines extends OutputStream {

    private static final int LONGEST = 4_000;

    private final BooleanSupplier wanted;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean blank = true;

    /// @param wanted asked for each line that is not blank
    PrintedLines(BooleanSupplier wanted, Consumer<String> lines) {
        this.wanted = wanted;
        this.lines = lines;
    }

    @Override
    public synchronized void write(int octet) {
        if (octet == '\n') {
            end();
        } else if (octet != '\r' && line.size() < LONGEST) {
            line.write(octet);
            blank &= octet == ' ' || octet == '\t';
        }
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) {
        int begin = offset;
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] == '\n' || octets[i] == '\r') {
                add(octets, begin, i);
                begin = i + 1;
                if (octets[i] == '\n') {
                    end();
                }
            }
        }
        add(octets, begin, offset + length);
    }

    private void add(byte[] octets, int begin, int end) {
        line.write(octets, begin, Math.min(end - begin, LONGEST - line.size()));
        for (int i = begin; i < end && blank; i++) {
            blank = octets[i] == ' ' || octets[i] == '\t';
        }
    }

    private void end() {
        boolean empty = blank;
        blank = true;
        if (!empty && wanted.getAsBoolean()) {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            lines.accept(text);
        } else {
            line.reset();
        }
    }
}
