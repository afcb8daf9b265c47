package io.tributary.host.outbound;

import java.time.Duration;

/// How many sends an account may take within any stretch of time of this length.
public record Quota(int sends, Duration per) {

    public Quota {
        if (sends < 1 || !per.isPositive()) {
            throw new IllegalArgumentException("a quota is some sends in some time");
        }
    }
}
