package io.tributary.host.cluster;

import io.tributary.host.secrets.SecretsUnusable;
import java.util.Arrays;
import java.util.Base64;

/// Keys of tests.
final class Keys {

    private Keys() {}

    static String text(int seed) {
        byte[] bytes = new byte[ClusterKey.BYTES];
        Arrays.fill(bytes, (byte) seed);
        return Base64.getEncoder().encodeToString(bytes);
    }

    static ClusterKey key(int seed) {
        try {
            return ClusterKey.parse(text(seed));
        } catch (SecretsUnusable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
