package io.tributary.testkit;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// How keys are divided over slots: as the real host divides them.
final class Shares {

    private Shares() {}

    static int of(String key, int slots) {
        var sum = new CRC32C();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) (sum.getValue() % slots);
    }
}
