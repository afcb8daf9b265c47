package io.tributary.host.http;

import java.util.LinkedHashSet;

/// Which tokens were revoked lately: far more than can be while one stream opens. Thread safe.
final class RevokedTokens {

    private static final int MOST = 10_000;

    private final LinkedHashSet<String> ids = new LinkedHashSet<>();

    synchronized void add(String id) {
        ids.add(id);
        if (ids.size() > MOST) {
            ids.removeFirst();
        }
    }

    synchronized void remove(String id) {
        ids.remove(id);
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }
}
